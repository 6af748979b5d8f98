"""The stages of each class in the scheme's own order."""


def classes(cast, scheme):
    """[(code of a class, [(code, kind, optional)] of its stages in order)]."""
    office = cast.browser("office_a")
    found = office.read("award.class", [("scheme_id", "=", scheme)], ["code"], "id")
    stages = office.read("award.stage", [("scheme_id", "=", scheme)], [
        "code", "kind", "class_ids", "optional"], "sequence")
    return [
        (row["code"], [
            (stage["code"], stage["kind"], stage["optional"]) for stage in stages
            if not stage["class_ids"] or row["id"] in stage["class_ids"]
        ])
        for row in found
    ]


def table(rows):
    """The stages as text, one line each; all of them still to be driven."""
    lines = []
    for code, stages in rows:
        lines.append(f"{code}: {len(stages)} stages")
        lines += [
            f"  {number:2} {stage:28} {kind:18} not driven"
            + (" (optional)" if optional else "")
            for number, (stage, kind, optional) in enumerate(stages, 1)
        ]
    return "\n".join(lines)
