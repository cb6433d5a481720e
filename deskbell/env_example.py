"""The example of settings, made from the settings themselves."""

from textwrap import wrap

from pydantic import SecretStr

from deskbell.settings import Settings

HEADER = "# Every setting of a deployment. All of them are optional on one machine.\n"


def env_example() -> str:
    """The text of `.env.example`."""
    return HEADER + "".join(_entry(name) for name in Settings.model_fields)


def variable_of(name: str) -> str:
    """The environment variable of a setting; where there are two, the usual one."""
    alias = getattr(Settings.model_fields[name].validation_alias, "choices", None)
    return str(alias[0]) if alias else f"DESKBELL_{name.upper()}"


def _entry(name: str) -> str:
    field = Settings.model_fields[name]
    words = "\n".join(f"# {line}" for line in wrap(field.description or "", 95))
    default = field.default
    shown = "" if default is None or isinstance(default, SecretStr) else str(default)
    return f"\n{words}\n# {variable_of(name)}={shown}\n"
