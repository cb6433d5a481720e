/* Many callers on one core: Vonage's Voice websocket protocol, 20 ms frames in real time.
 *
 * load PORT PATH LOOP.pcm SPEECH_FRAMES OPENINGS CALLS RAMP_US WARM_S MEASURE_S FRAME_US PID
 *
 * Every call plays LOOP (16 kHz L16: SPEECH_FRAMES of speech, then silence) round and round, buffers
 * what comes back as the carrier does, and returns `notify` events when they are reached. OPENINGS
 * holds one first text message per line. Prints one JSON object about the measured window.
 */
#define _GNU_SOURCE
#include "measure.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

enum { FRAME = 640, HEADER = 8, NOTES = 64, NOTE_TEXT = 200, INBOX = 1 << 18, EVENTS = 512 };
/* Louder than line noise, quieter than any reply. */
enum { AUDIBLE = 800 };

typedef struct { long frame; char payload[NOTE_TEXT]; } Note;

typedef struct {
    int fd, open, dead;
    double began;           /* when its first frame was due */
    long tick;              /* frames sent */
    int place;              /* next frame of the loop */
    int waiting, replying;  /* for a reply; 2 while an early one is ignored */
    double spoke_until, reply_began;
    long reply_bytes;
    long buffered, played;  /* frames of reply taken and played, since the call began */
    Note notes[NOTES];
    int first_note, note_count;
    unsigned char inbox[INBOX];
    int filled;
} Call;

static int calls_wanted, speech_frames, loop_frames, frame_us, poller;
static double warm_s, measure_s, ramp_us;
static unsigned char (*loop)[FRAME + HEADER];
static char **openings;
static Call *calls;
static int connected;
static double window_begins, window_ends;
static int measuring;
static Series latencies, lateness, lags;
static long turns, missed, early, died;

static double frame_seconds(void) { return frame_us * 1e-6; }

static void kill_call(Call *call) {
    if (call->dead) return;
    call->dead = 1;
    died++;
    epoll_ctl(poller, EPOLL_CTL_DEL, call->fd, NULL);
}

static void mask(unsigned char *bytes, long count, const unsigned char key[4]) {
    for (long at = 0; at < count; at++) bytes[at] ^= key[at & 3];
}

/* A client must mask what it sends; any key will do. */
static void send_control(Call *call, int opcode, const void *body, int length) {
    static const unsigned char key[4] = {1, 2, 3, 4};
    unsigned char frame[4096 + 8];
    int head = 0;
    if (length > 4096) fail("a text message is too long");
    frame[head++] = 0x80 | opcode;
    if (length < 126) {
        frame[head++] = 0x80 | length;
    } else {
        frame[head++] = 0x80 | 126;
        frame[head++] = length >> 8;
        frame[head++] = length & 255;
    }
    memcpy(frame + head, key, 4);
    head += 4;
    memcpy(frame + head, body, length);
    mask(frame + head, length, key);
    if (send(call->fd, frame, head + length, MSG_NOSIGNAL) != head + length) kill_call(call);
}

static void say(Call *call, const char *text) { send_control(call, 1, text, strlen(text)); }

/* The loop as finished websocket frames: masking happens once, not per call. */
static void load_loop(const char *path) {
    static const unsigned char key[4] = {0x5a, 0x13, 0x77, 0xc1};
    FILE *file = fopen(path, "rb");
    if (!file) fail("no audio loop");
    fseek(file, 0, SEEK_END);
    loop_frames = ftell(file) / FRAME;
    rewind(file);
    loop = malloc((size_t)loop_frames * sizeof *loop);
    for (int at = 0; at < loop_frames; at++) {
        unsigned char *frame = loop[at];
        frame[0] = 0x82;
        frame[1] = 0x80 | 126;
        frame[2] = FRAME >> 8;
        frame[3] = FRAME & 255;
        memcpy(frame + 4, key, 4);
        if (fread(frame + HEADER, 1, FRAME, file) != FRAME) fail("the audio loop is cut short");
        mask(frame + HEADER, FRAME, key);
    }
    fclose(file);
}

static void load_openings(const char *path) {
    FILE *file = fopen(path, "r");
    size_t room = 0;
    if (!file) fail("no opening messages");
    openings = calloc(calls_wanted, sizeof(char *));
    for (int at = 0; at < calls_wanted; at++) {
        ssize_t length = getline(&openings[at], &room, file);
        if (length < 2) fail("too few opening messages");
        openings[at][strcspn(openings[at], "\r\n")] = 0;
        room = 0;
    }
    fclose(file);
}

static void dial(int index, int port, const char *path) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    int fd = socket(AF_INET, SOCK_STREAM, 0), yes = 1;
    char request[512];
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(fd, (struct sockaddr *)&address, sizeof address) < 0) fail("cannot connect");
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    int length = snprintf(request, sizeof request,
                          "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\n"
                          "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n", path, port);
    if (write(fd, request, length) != length) fail("cannot ask for a websocket");
    fcntl(fd, F_SETFL, O_NONBLOCK);
    struct epoll_event event = {.events = EPOLLIN, .data.u32 = index};
    epoll_ctl(poller, EPOLL_CTL_ADD, fd, &event);
    calls[index].fd = fd;
}

/* Calls begin at random places of the silence, so that their turns do not end together. */
static void begin(Call *call, int index, double time) {
    unsigned scattered = (unsigned)index * 2654435761u;
    say(call, openings[index]);
    call->open = 1;
    call->began = time;
    call->place = speech_frames + scattered % (unsigned)(loop_frames - speech_frames);
    connected++;
}

static void play(Call *call) {
    if (call->played < call->buffered) call->played++;
    while (call->note_count && call->notes[call->first_note].frame <= call->played) {
        char event[NOTE_TEXT + 64];
        snprintf(event, sizeof event, "{\"event\":\"websocket:notify\",\"payload\":%s}",
                 call->notes[call->first_note].payload);
        call->first_note = (call->first_note + 1) % NOTES;
        call->note_count--;
        say(call, event);
    }
}

static void advance(Call *call) {
    int sent = call->place;
    call->tick++;
    call->place = (sent + 1) % loop_frames;
    if (sent == 0) {
        if (call->waiting && measuring && call->spoke_until >= window_begins) missed++;
        call->waiting = call->replying = 0;
    }
    if (sent == speech_frames - 1) {
        call->spoke_until = now();
        call->waiting = 1;
        call->replying = 0;
    }
    play(call);
}

static void send_due(Call *call, double time) {
    while (!call->dead) {
        double due = call->began + call->tick * frame_seconds();
        if (due > time) return;
        if (measuring) note(&lags, (time - due) * 1000);
        ssize_t sent = send(call->fd, loop[call->place], FRAME + HEADER, MSG_NOSIGNAL);
        if (sent != FRAME + HEADER) {
            kill_call(call);
            return;
        }
        advance(call);
    }
}

static int audible(const unsigned char *pcm, long length) {
    for (long at = 0; at + 1 < length && at < 128; at += 2) {
        int sample = (int16_t)(pcm[at] | pcm[at + 1] << 8);
        if (sample > AUDIBLE || sample < -AUDIBLE) return 1;
    }
    return 0;
}

static void take_audio(Call *call, const unsigned char *pcm, long length, double time) {
    int counts = measuring && call->spoke_until >= window_begins;
    call->buffered++;
    if (!audible(pcm, length)) return;
    if (call->waiting) {
        call->waiting = 0;
        call->replying = 1;
        call->reply_began = time;
        call->reply_bytes = 0;
        if (counts) {
            turns++;
            note(&latencies, (time - call->spoke_until) * 1000);
        }
    } else if (!call->replying && call->place > 0 && call->place < speech_frames) {
        /* A reply in the middle of what the caller says. */
        if (measuring) early++;
        call->replying = 2;
    }
    if (call->replying != 1) return;
    double due = call->reply_began + call->reply_bytes / (double)FRAME * frame_seconds();
    call->reply_bytes += length;
    if (counts) note(&lateness, (time - due) * 1000);
}

static void take_text(Call *call, const char *text, long length) {
    const char *payload = memmem(text, length, "\"payload\":", 10);
    if (memmem(text, length, "\"clear\"", 7)) {
        call->played = call->buffered;
        call->note_count = 0;
    } else if (payload && call->note_count < NOTES) {
        Note *last = &call->notes[(call->first_note + call->note_count++) % NOTES];
        payload += 10 + (payload[10] == ' ');
        int size = text + length - 1 - payload;
        last->frame = call->buffered;
        snprintf(last->payload, NOTE_TEXT, "%.*s", size, payload);
    }
}

static void take_message(Call *call, int opcode, unsigned char *body, long length, double time) {
    if (opcode == 2) take_audio(call, body, length, time);
    if (opcode == 1) take_text(call, (char *)body, length);
    if (opcode == 8) kill_call(call);
    if (opcode == 9) send_control(call, 10, body, length);
}

/* The length of the first message's header, and of its body; 0 when it is not all there. */
static int frame_head(const unsigned char *bytes, int filled, long *length) {
    if (filled < 2) return 0;
    *length = bytes[1] & 127;
    if (*length < 126) return 2;
    int size = *length == 126 ? 2 : 8;
    if (filled < 2 + size) return 0;
    *length = 0;
    for (int at = 0; at < size; at++) *length = *length << 8 | bytes[2 + at];
    return 2 + size;
}

static void take_messages(Call *call, int index, double time) {
    int taken = 0, head;
    long length;
    if (!call->open) {
        unsigned char *end = memmem(call->inbox, call->filled, "\r\n\r\n", 4);
        if (!end) return;
        if (strncmp((char *)call->inbox, "HTTP/1.1 101", 12)) fail("no websocket was given");
        taken = end + 4 - call->inbox;
        begin(call, index, time);
    }
    while ((head = frame_head(call->inbox + taken, call->filled - taken, &length))
           && call->filled - taken >= head + length) {
        unsigned char *message = call->inbox + taken;
        take_message(call, message[0] & 15, message + head, length, time);
        taken += head + length;
    }
    memmove(call->inbox, call->inbox + taken, call->filled - taken);
    call->filled -= taken;
}

static void receive(int index) {
    Call *call = &calls[index];
    ssize_t got = recv(call->fd, call->inbox + call->filled, INBOX - call->filled, 0);
    if (got < 0 && errno == EAGAIN) return;
    if (got <= 0) {
        kill_call(call);
        return;
    }
    call->filled += got;
    take_messages(call, index, now());
}

static void report(const char *pid, double cpu, long before) {
    double seconds = now() - window_begins;
    double call_minutes = seconds / (frame_us / 20000.0) / 60 * calls_wanted;
    printf("{\"calls\":%d,\"connected\":%d,\"died\":%ld,\"turns\":%ld,\"missed\":%ld,\"early\":%ld,",
           calls_wanted, connected, died, turns, missed, early);
    printf("\"turn_p50\":%.1f,\"turn_p90\":%.1f,\"turn_p99\":%.1f,", quantile(&latencies, .5),
           quantile(&latencies, .9), quantile(&latencies, .99));
    printf("\"late_p99\":%.1f,\"lag_p99\":%.2f,", quantile(&lateness, .99), quantile(&lags, .99));
    printf("\"cpu_s\":%.2f,\"core\":%.3f,\"cpu_per_call_minute\":%.4f,", cpu, cpu / seconds,
           cpu / call_minutes);
    printf("\"rss_before_mb\":%.1f,\"rss_per_call_mb\":%.3f}\n", before / 1024.0,
           (kilobytes(pid) - before) / 1024.0 / calls_wanted);
}

static void run(int port, const char *path, const char *pid) {
    double started = now(), scanned = 0, cpu = 0;
    int dialled = 0;
    struct epoll_event events[EVENTS];
    window_begins = started + calls_wanted * ramp_us * 1e-6 + warm_s;
    window_ends = window_begins + measure_s;
    long before = kilobytes(pid);
    for (double time = started; time < window_ends; time = now()) {
        if (dialled < calls_wanted && time >= started + dialled * ramp_us * 1e-6)
            dial(dialled++, port, path);
        if (!measuring && time >= window_begins) {
            measuring = 1;
            cpu = cpu_seconds(pid);
            window_begins = time;
            window_ends = time + measure_s;
        }
        /* Twice a millisecond is finer than anything that is measured. */
        if (time - scanned >= 0.0005) {
            scanned = time;
            for (int at = 0; at < dialled; at++)
                if (calls[at].open && !calls[at].dead) send_due(&calls[at], time);
        }
        int ready = epoll_wait(poller, events, EVENTS, 1);
        for (int at = 0; at < ready; at++) receive(events[at].data.u32);
    }
    report(pid, cpu_seconds(pid) - cpu, before);
}

static void hang_up(void) {
    static const unsigned char normal[2] = {0x03, 0xe8};
    for (int at = 0; at < calls_wanted; at++)
        if (calls[at].open && !calls[at].dead) send_control(&calls[at], 8, normal, 2);
    usleep(300000);
}

int main(int count, char **words) {
    if (count != 12) fail("eleven arguments are needed; see the top of load.c");
    speech_frames = atoi(words[4]);
    calls_wanted = atoi(words[6]);
    ramp_us = atof(words[7]);
    warm_s = atof(words[8]);
    measure_s = atof(words[9]);
    frame_us = atoi(words[10]);
    load_loop(words[3]);
    load_openings(words[5]);
    calls = calloc(calls_wanted, sizeof(Call));
    poller = epoll_create1(0);
    run(atoi(words[1]), words[2], words[11]);
    hang_up();
    return 0;
}
