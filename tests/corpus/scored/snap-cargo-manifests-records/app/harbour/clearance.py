import logging

from .tariff import TARIFF

log = logging.getLogger("harbour.clearance")
EMBARGOED = {"LR": {17, 18, 4_711}, "PA": {2_600}}


def clear(manifest):
    """Whether the lot may leave the quay; what was decided goes to the audit trail."""
    heading = TARIFF[manifest.code]
    duty = sum(manifest.pieces) * heading.percent / 100
    about = {"manifest": manifest}
    if manifest.code in EMBARGOED.get(manifest.flag, ()) or duty > 129_000:
        log.warning("refused lot %s of %s: %s", manifest.lot, manifest.ship, manifest.goods, extra=about)
        return False
    log.info("cleared lot %s of %s: duty %.2f", manifest.lot, manifest.ship, duty, extra=about)
    return True
