"""What people use now: each a script, run by an interpreter that has it, which need not be this one."""
