/* How long a caller waits for what is ours to hurry: from the modem's notice
 * of a text to the answer's PDU going out, through hub, store and libGammu, on
 * a simulated modem that sends at once.
 *
 *   modem_latency [--messages N] [--pause-ms N]
 *
 * Prints figures; asserts nothing.  pause-ms is the cap on libGammu's blind
 * pauses (waymark.conf); the default of the configuration is 40.
 */
#include <getopt.h>
#include <inttypes.h>
#include <signal.h>

#include "gateway/base/memory.h"
#include "tests/bench/measure.h"
#include "tests/lab.h"
#include "tests/sim/sim_client.h"

/* One text in, one answer out; the milliseconds between. */
static double
ask(struct sim *sim, struct sim_connection *air, int64_t i)
{
	struct fields fields;
	double began_s = measure_now_s();
	char number[40];

	snprintf(number, sizeof(number), "+9779860%06" PRId64, i);
	sim_ask(sim, "text", number, "hello", NULL);
	do {
		if (!sim_read_line(air, 60000, &fields))
			lab_fail("no answer");
	} while (strcmp(fields.list[0], "sent") != 0);
	return ((measure_now_s() - began_s) * 1000);
}

int
main(int argc, char **argv)
{
	static const struct option long_options[] = {
		{ "messages", required_argument, NULL, 'm' },
		{ "pause-ms", required_argument, NULL, 'p' },
		{ 0 },
	};
	struct text device = { 0 };
	struct sim_connection air = { 0 };
	int64_t messages = 100;
	int64_t pause_ms = 40;
	struct lab lab;
	struct sim sim;
	double *took;
	int option;

	while (
	    (option = getopt_long(argc, argv, "", long_options, NULL)) != -1) {
		if (option == '?' ||
		    !text_read_integer(optarg, 0, 100000,
			option == 'm' ? &messages : &pause_ms))
			return (EXIT_FAILURE);
	}
	took = memory_new((size_t)messages + 1, sizeof(*took));
	lab_open(&lab, "device-to-come");
	sim_start(&sim, "./modem_sim", lab.folder);
	text_printf(&device, "device = \"%s\"; pause_ms = %" PRId64, sim.device,
	    pause_ms);
	lab_configure(&lab, "device = \"device-to-come\"", device.bytes);
	sim_connect(&air, sim.control);
	sim_send(&air, (const char *const[]){ "follow", "1" }, 2);
	lab_start(&lab);
	sim_ask(&sim, "notices-wait", NULL);
	ask(&sim, &air, messages);
	for (int64_t i = 0; i < messages; i++)
		took[i] = ask(&sim, &air, i);
	if (messages > 0)
		printf("notice to PDU   p50 %.1f ms, p99 %.1f ms (%" PRId64
		       " texts, pause_ms %" PRId64 ")\n",
		    measure_percentile(took, (size_t)messages, 0.5),
		    measure_percentile(took, (size_t)messages, 0.99), messages,
		    pause_ms);
	sim_disconnect(&air);
	lab_stop(&lab, SIGTERM);
	sim_stop(&sim);
	lab_close(&lab);
	text_free(&device);
	free(took);
	return (EXIT_SUCCESS);
}
