"""``shieldcalc barrier``: what one barrier needs, without a design file; each command is imported when it runs."""

import click

from shieldcalc.cli import load
from shieldcalc.errors import UnknownNameError

COMMANDS = {
    "xray": ("shieldcalc.cli.barrier_xray:xray", "One component of a workload distribution (NCRP 147)."),
    "ct": ("shieldcalc.cli.barrier_xray:ct", "The scatter of a CT scanner (NCRP 147)."),
    "bir": ("shieldcalc.cli.barrier_bir:bir", "Scatter, primary or intra-oral films (BIR/IPEM)."),
    "brachytherapy": ("shieldcalc.cli.barrier_brachytherapy:brachytherapy", "Brachytherapy sources (IAEA SRS 47)."),
    "brachytherapy-maze": (
        "shieldcalc.cli.barrier_brachytherapy_maze:brachytherapy_maze",
        "Photons at the door of such a room's maze.",
    ),
    "linac": ("shieldcalc.cli.barrier_linac:linac", "Accelerators and cobalt (NCRP 151, IAEA SRS 47)."),
    "orthovoltage": ("shieldcalc.cli.barrier_linac:orthovoltage", "Orthovoltage tubes, simulators (IAEA SRS 47)."),
    "industrial": ("shieldcalc.cli.barrier_industrial:industrial", "Industrial X-ray tubes (GBZ/T 250, NCRP 49)."),
    "open-site": ("shieldcalc.cli.barrier_industrial:open_site", "How far such a tube in the open reaches."),
    "maze-photons": ("shieldcalc.cli.barrier_maze:maze_photons", "Photons at the door of a maze (NCRP 151, SRS 47)."),
    "maze-neutrons": ("shieldcalc.cli.barrier_maze:maze_neutrons", "Neutrons and capture gammas at that door."),
    "door": ("shieldcalc.cli.barrier_maze:door", "Lead and borated polyethylene of a maze door."),
    "laminate": ("shieldcalc.cli.barrier_maze:laminate", "Neutrons made in a laminated primary barrier."),
    "skyshine": ("shieldcalc.cli.barrier_maze:skyshine", "Photons over a thin roof (NCRP 151)."),
    "patient": ("shieldcalc.cli.barrier_patient:patient", "Patients with a radiopharmaceutical (AAPM TG-108)."),
}


class Barriers(click.Group):
    """A group that lists its commands from a static table."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the names."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import and return one command."""
        if cmd_name.startswith("-"):
            return None
        if cmd_name not in COMMANDS:
            raise UnknownNameError("command", cmd_name, COMMANDS)
        return load(COMMANDS[cmd_name][0])

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the list of commands without importing one."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, words) for name, (_, words) in COMMANDS.items()])


@click.command(cls=Barriers)
def barrier() -> None:
    """Compute what one barrier of an X-ray, CT, nuclear medicine or radiotherapy room needs.

    \b
    Example:
      shieldcalc barrier ct --kv 120 --dlp body 150 "550 mGy*cm" --goal "0.02 mGy/week" --distance "3 m" --material lead
    """
