"""The campaigns people will look at first: those of the pictures, each with its own trouble."""

from makegood.workflows.demo.campaigns.spec import Campaign, Part, plagued

FAMILIES_NY = {"geo": ["US-NY"], "audience": ["families"]}
BROADCAST = {"bill_calendar": "broadcast"}
THIRD = {"bill_source": "third_party", "bill_calendar": "broadcast"}

NAMED = (
    Campaign("Oatfield Foods", "Autumn Breakfast", -30, 42, (
        Part("home-billboard", 3_200_000), Part("ros-mobile", 4_000_000, targeting=FAMILIES_NY), Part("mornings-30", 1_500_000, gap=(12, 14)),
        Part("aisle", 1_200_000, starts=14), Part("newsletter", 4, shots=(4, 11, 18, 34)),
    ), withheld=frozenset({5}), trouble=plagued("rework", "purchase_order")),
    Campaign("Lumen Telecom", "Fibre Launch", -50, 55, (
        Part("home-billboard", 6_400_000), Part("drive-30", 2_200_000, starts=8), Part("ros-desktop", 2_000_000),
    ), manager="Grace", terms=THIRD, trouble=plagued("third_party")),
    Campaign("Solstice Energy", "Heat Pumps", -21, 40, (Part("pre-roll", 2_500_000), Part("half-page", 900_000)),
             manager="Ben", trafficker="Nadia", trouble=plagued("invalid", "third_party")),
    Campaign("Velo City Bikes", "Commuter", 1, 27, (
        Part("ros-mobile", 1_300_000), Part("ros-desktop", 900_000), Part("all-day-15", 400_000),
    ), manager="Grace", trouble=plagued("no_creative", "no_click", "slow_client")),
    Campaign("Brightwater Bank", "Harbour Saver", -9, 37, (Part("half-page", 1_250_000), Part("ros-desktop", 1_300_000), Part("mornings-30", 600_000)),
             direct=True, manager="Priya", trouble=plagued("policy", "exception")),
    Campaign("Aurelia Cosmetics", "Glow", -28, 38, (Part("ros-desktop", 5_500_000), Part("checkout", 700_000)), trouble=plagued("mention")),
    Campaign("Kestrel Outdoor", "Winter Trail", 0, 20, (Part("podcast-30", 320_000), Part("ros-desktop", 2_400_000)), manager="Grace"),
    Campaign("Kestrel Outdoor", "Trail Takeover", 9, 1, (Part("takeover", 1), Part("home-billboard", 400_000)), until="approved", manager="Grace"),
    Campaign("Harbor & Vine", "Snack Season", -16, 36, (Part("search-shelf", 900_000),), manager="Ben", trafficker="Nadia"),
    Campaign("Harbor & Vine", "Gift Season", 12, 24, (Part("ros-desktop", 1_800_000, off_pct=18), Part("shelf-home", 600_000, off_pct=18)),
             until="pending", manager="Ben"),
    Campaign("Harbor & Vine", "Harvest Table", -92, 30, (Part("ros-desktop", 1_900_000), Part("search-shelf", 700_000)),
             manager="Ben", trouble=plagued("disputed", "unpaid")),
    Campaign("Meridian Rail", "Autumn Lines", -24, 51, (Part("checkout", 2_100_000), Part("drive-30", 900_000)), manager="Ben", trafficker="Nadia"),
    Campaign("Pinecone Toys", "First Snow", -6, 34, (Part("shelf-home", 1_100_000), Part("ros-mobile", 2_200_000)), trouble=plagued("third_party")),
    Campaign("Cobalt Insurance", "Four Minutes", -34, 48, (Part("ros-mobile", 6_200_000), Part("sport", 1_500_000)),
             manager="Grace", trouble=plagued("paused", "unpaid")),
    Campaign("Larkspur Travel", "Winter Sun", -7, 14, (Part("sport", 820_000), Part("ros-mobile", 900_000)), manager="Ben",
             trouble=plagued("late_creative")),
    Campaign("Stonebridge Motors", "Electric Every Day", -12, 30, (Part("pre-roll", 3_100_000), Part("drive-30", 1_200_000)),
             manager="Ben", trafficker="Nadia", trouble=plagued("oversold")),
    Campaign("Juniper Health", "Care Close By", -19, 41, (Part("mornings-30", 1_100_000), Part("half-page", 1_500_000)), manager="Grace",
             trouble=plagued("policy")),
    Campaign("Fable Streaming", "Stories Tonight", -3, 14, (Part("takeover", 2, starts=1, days=2), Part("all-day-30", 1_400_000))),
    Campaign("Greenlane Grocers", "Dinner, Sorted", -40, 70, (Part("aisle", 1_900_000), Part("search-shelf", 1_300_000)), direct=True,
             manager="Ben", terms={"bill_schedule": "monthly"}),
    Campaign("Halcyon Hotels", "Stay Longer", 6, 30, (Part("all-day-30", 1_500_000), Part("ros-desktop", 1_100_000)), manager="Priya"),
    Campaign("Quill & Co", "Paper Days", 20, 28, (Part("ros-mobile", 1_600_000, off_pct=5),), until="draft", manager="Grace"),
    Campaign("Northfold Furniture", "Rooms that Breathe", 9, 33, (Part("half-page", 1_000_000), Part("home-billboard", 900_000)),
             trouble=plagued("slow_client")),
    Campaign("Tidal Credit Union", "Neighbours", -26, 54, (Part("ros-desktop", 2_000_000), Part("all-day-15", 1_500_000)), direct=True,
             manager="Grace", trouble=plagued("policy", "paused_now")),
    Campaign("Cobalt Insurance", "Renters Week", 5, 14, (Part("sport", 300_000), Part("podcast-30", 90_000)), manager="Ben",
             trouble=plagued("cancelled")),
    Campaign("Oatfield Foods", "Winter Breakfast", 10, 40, (Part("mornings-30", 1_200_000), Part("aisle", 900_000)), until="signed"),
    Campaign("Lumen Telecom", "Black Friday Fibre", -2, 8, (Part("takeover", 2, starts=4, days=2), Part("ros-mobile", 1_200_000)), manager="Grace", terms=THIRD),
)
