"""Everything of some kinds as files, to be taken elsewhere."""

from domain.exports.service import NewExport as NewExport
from domain.exports.service import cancel as cancel
from domain.exports.service import start as start
