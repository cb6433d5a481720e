/* Moments gathered and sorted, and what the kernel says of a process. */
#define _GNU_SOURCE
#include "measure.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

void fail(const char *why) {
    fprintf(stderr, "load: %s\n", why);
    exit(2);
}

double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec * 1e-9;
}

void note(Series *series, double value) {
    if (series->count == series->room) {
        series->room = series->room ? series->room * 2 : 4096;
        series->at = realloc(series->at, series->room * sizeof(double));
        if (!series->at) fail("out of memory");
    }
    series->at[series->count++] = value;
}

static int ascending(const void *left, const void *right) {
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

double quantile(Series *series, double share) {
    if (!series->count) return -1;
    qsort(series->at, series->count, sizeof(double), ascending);
    return series->at[(long)(share * (series->count - 1))];
}

double cpu_seconds(const char *pid) {
    char path[64], line[1024];
    unsigned long user, system;
    snprintf(path, sizeof path, "/proc/%s/stat", pid);
    FILE *file = fopen(path, "r");
    if (!file) return 0;
    size_t length = fread(line, 1, sizeof line - 1, file);
    fclose(file);
    line[length] = 0;
    sscanf(strrchr(line, ')') + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user,
           &system);
    return (user + system) / (double)sysconf(_SC_CLK_TCK);
}

long kilobytes(const char *pid) {
    char path[64], line[256];
    long found = 0;
    snprintf(path, sizeof path, "/proc/%s/status", pid);
    FILE *file = fopen(path, "r");
    if (!file) return 0;
    while (fgets(line, sizeof line, file)) sscanf(line, "VmRSS: %ld", &found);
    fclose(file);
    return found;
}
