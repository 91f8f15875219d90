// The library of an interface package: what it exports is in librcl.so here, which it needs, and so is found by its name.
