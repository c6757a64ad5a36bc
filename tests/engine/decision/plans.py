"""Small plans for the decision's tests."""

from makegood.engine import plan

START, END = "2026-01-01T00:00:00+00:00", "2026-02-01T00:00:00+00:00"
MPU = plan.PlanPlacement(1, "mpu", "display", 300, 250)
LEADER = plan.PlanPlacement(2, "leader", "display", 728, 90)


def banner(number, width=300, height=250):
    return plan.PlanCreative(
        number, number, f"{number:064x}", "image", "image/png", width, height, path=f"{number}/b.png"
    )


def flight(number, priority="guaranteed", **fields):
    given = {
        "line_id": number,
        "order_id": number,
        "advertiser_id": number,
        "starts_at": START,
        "ends_at": END,
        "placement_ids": (1,),
        "creatives": (plan.PlanRotation(1),),
    } | fields
    return plan.PlanFlight(id=number, priority=priority, **given)


CREATIVES = (banner(1), banner(2), banner(9, 728, 90))


def plan_of(*flights, placements=(MPU, LEADER), creatives=CREATIVES):
    return plan.ServingPlan("p", 1, START, "UTC", flights, placements, creatives)
