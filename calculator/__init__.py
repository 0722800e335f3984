"""What 医保 pays of a bill: policy data and a case in, an explained estimate out. Standard library only."""
