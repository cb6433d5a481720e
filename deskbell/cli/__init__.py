"""The command line: `deskbell --help`."""

import typer

from deskbell.cli import (
    audit,
    call,
    certificate,
    demo,
    doctor,
    evaluate,
    incidents,
    law,
    operator,
    plugins,
    policy,
    promises,
    records,
    restore,
    retention,
    schema,
    search,
    serve,
    servers,
    speech,
    tenant,
    worker,
)

app = typer.Typer(
    name="deskbell",
    help="An AI receptionist for many businesses.",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
)
app.command("demo")(demo.demo)
app.command("serve")(serve.serve)
app.command("worker")(worker.worker)
app.command("migrate")(servers.migrate_command)
app.command("stop")(servers.stop)
app.command("call")(call.call)
app.command("doctor")(doctor.doctor)
app.command("law")(law.law)
app.command("plugins")(plugins.plugins)
app.command("promises")(promises.promises)
app.command("schema")(schema.schema)
app.command("restore-check")(restore.restore_check)
app.add_typer(audit.app, name="audit")
app.add_typer(evaluate.app, name="eval")
app.add_typer(certificate.app, name="certificate")
app.add_typer(incidents.app, name="incidents")
app.add_typer(operator.app, name="operator")
app.add_typer(policy.app, name="policy")
app.add_typer(records.app, name="records")
app.add_typer(search.app, name="search")
app.add_typer(retention.app, name="retention")
app.add_typer(speech.app, name="speech")
app.add_typer(tenant.app, name="tenant")
