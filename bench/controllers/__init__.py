"""Published pacing controllers, ported for comparison only; each takes a world and gives the function called each minute."""
from bench.controllers.dual import dual_mirror_descent
from bench.controllers.linkedin import linkedin
from bench.controllers.mystique import mystique
from bench.controllers.proportional import proportional_integral
from bench.controllers.smart import smart_pacing

PEERS = {
    "linkedin": linkedin, "mystique": mystique, "pi": proportional_integral, "smart_pacing": smart_pacing,
    "dual_mirror_descent": dual_mirror_descent,
}
