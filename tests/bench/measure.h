/* What benches share: a clock, percentiles, and what processes cost, read from
 * /proc.  A family is a process with all that it has started.
 */
#ifndef TESTS_BENCH_MEASURE_H
#define TESTS_BENCH_MEASURE_H

#include <stddef.h>
#include <sys/types.h>

/* Of the monotonic clock. */
double measure_now_s(void);

/* Sorts, then the value below which this share (0 to 1) of them lies; 0 of
 * none. */
double measure_percentile(double *values, size_t count, double share);

/* CPU seconds so far of one process alone, and of a family with those of its
 * children that have ended and were waited for. */
double measure_cpu_s(pid_t pid);
double measure_family_cpu_s(pid_t pid);

/* A number from /proc/PID/status, such as VmRSS in KiB; -1 when it has none. */
long measure_status(pid_t pid, const char *name);

/* Sums over a family: resident memory, and how often one of its threads went
 * to sleep and was woken. */
long measure_family_rss_kib(pid_t pid);
long measure_family_wakes(pid_t pid);

/* SIGKILL to all of a family, the eldest first, so that nobody starts another
 * one.  The eldest is waited for by whoever started it. */
void measure_family_kill(pid_t pid);

#endif
