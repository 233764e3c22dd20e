/* bench_machine.h: what a table of figures was made on and with. */
#ifndef V6KIT_TESTS_BENCH_MACHINE_H
#define V6KIT_TESTS_BENCH_MACHINE_H

/* Prints the machine, the compiler, v6kit and the peers with their versions, as a list. */
void machine_print(void);

#endif
