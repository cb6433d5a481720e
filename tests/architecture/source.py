"""The house as its tests see it: files, syntax trees, imports, texts in quotes."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("deskbell", "api", "plugins", "integrations", "tenants", "domain")
BESIDES = ("tests", "bench", "docs", "deploy", ".ci")
WORDS = {".py", ".md", ".toml", ".json", ".graphql", ".mjs", ".yaml", ".yml", ".sh", ".txt", ""}


@dataclass(frozen=True)
class Source:
    """One Python file; `path` is relative to the checkout."""

    path: str

    @cached_property
    def text(self) -> str:
        return (ROOT / self.path).read_text()

    @property
    def nodes(self) -> tuple[ast.AST, ...]:
        return nodes_of(self.path)

    @property
    def lines(self) -> int:
        return self.text.count("\n")

    @property
    def imports(self) -> set[str]:
        """The outermost packages of everything it imports, wherever in the file."""
        plain = {name.name for node in self.of(ast.Import) for name in node.names}
        return {name.partition(".")[0] for name in plain | self.modules}

    @property
    def modules(self) -> set[str]:
        """What follows `from`."""
        return {node.module or "" for node in self.of(ast.ImportFrom)}

    @property
    def strings(self) -> set[str]:
        return {node.value for node in self.of(ast.Constant) if isinstance(node.value, str)}

    @property
    def calls(self) -> Iterator[tuple[str, ast.Call]]:
        """Every call, with the dotted name of what is called."""
        for node in self.of(ast.Call):
            yield dotted(node.func), node

    def of(self, kind):
        return (node for node in self.nodes if isinstance(node, kind))

    def is_one_of(self, patterns) -> bool:
        """Whether it lies in one of the folders, or is one of the files."""
        return any(self.path.startswith(p) or fnmatch(self.path, p) for p in patterns)


@cache
def nodes_of(path: str) -> tuple[ast.AST, ...]:
    """The syntax tree of a file, taken apart."""
    return tuple(ast.walk(ast.parse((ROOT / path).read_text())))


def dotted(node: ast.AST) -> str:
    """`datetime.now` for the expression of that name; a call on the way becomes `()`."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return "()"


@cache
def sources(*rooms: str) -> tuple[Source, ...]:
    """Every Python file of some rooms; of those that are installed, unless they are named."""
    found = (path for room in rooms or ROOMS for path in (ROOT / room).rglob("*.py"))
    return tuple(Source(str(path.relative_to(ROOT))) for path in sorted(found))


def written() -> tuple[Source, ...]:
    """The installed rooms without their migrations, which Tortoise writes."""
    return tuple(source for source in sources() if "/migrations/" not in source.path)


@cache
def papers() -> tuple[Path, ...]:
    """Every text file that is, or will be, committed."""
    inside = (path for room in (*ROOMS, *BESIDES) for path in (ROOT / room).rglob("*"))
    return tuple(path for path in (*ROOT.iterdir(), *inside) if _is_paper(path))


def _is_paper(path: Path) -> bool:
    built = {"node_modules", "__pycache__"} & set(path.parts)
    return path.is_file() and path.suffix in WORDS and not built and path.name != ".env"
