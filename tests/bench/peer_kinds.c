/* How each helpline is set up, started, killed and texted.  Settings of others
 * are those with which they were fastest here without polling all the time. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "tests/bench/measure.h"
#include "tests/bench/peer.h"

enum {
	WAIT_S = 30, /* for a program to listen */
	PORTS_FROM = 20000, /* Kannel's, three a run */
	PORTS_APART = 3,
	PORT_RUNS = 3000,
};

static void
stop_all(struct peer *peer)
{
	for (size_t i = 0; i < PEER_PROCESSES_MOST; i++) {
		if (peer->processes[i] > 0)
			peer_kill(peer->processes[i]);
		peer->processes[i] = 0;
	}
}

/* -- ours ----------------------------------------------------------------------- */

static void
waymark_start(struct peer *peer)
{
	lab_start(&peer->lab);
	peer->processes[0] = peer->lab.hub;
}

static void
waymark_prepare(struct peer *peer)
{
	const char *device =
	    peer->kind->wire == PEER_MODEM ? peer->sim.device : NULL;

	lab_open(&peer->lab, device);
}

static void
waymark_restart_killed(struct peer *peer)
{
	measure_family_kill(peer->lab.hub);
	lab_stop(&peer->lab, SIGKILL);
	waymark_start(peer);
}

static void
waymark_stop(struct peer *peer)
{
	lab_stop(&peer->lab, SIGTERM);
	lab_close(&peer->lab);
}

static int
waymark_dial(struct peer *peer)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	snprintf(address.sun_path, sizeof(address.sun_path), "%s",
	    peer->lab.demo_socket);
	if (connect(fd, (const struct sockaddr *)&address, sizeof(address)) !=
	    0)
		lab_fail("no demo line: %s", strerror(errno));
	return (fd);
}

static void
waymark_write_text(struct text *out, const char *number)
{
	text_printf(out, "sms\t%s\thello\n", number);
}

static int
waymark_read_answer(const char *line, char *number, size_t size)
{
	const char *from = strchr(line, '\t');

	if (strncmp(line, "sms\t", 4) != 0 || from == NULL)
		return (0);
	snprintf(number, size, "%.*s", (int)strcspn(from + 1, "\t"), from + 1);
	return (1);
}

const struct peer_kind peer_waymark = {
	.name = "waymark",
	.wire = PEER_MODEM,
	.prepare = waymark_prepare,
	.start = waymark_start,
	.restart_killed = waymark_restart_killed,
	.stop = waymark_stop,
};

const struct peer_kind peer_waymark_fast = {
	.name = "waymark",
	.wire = PEER_FAST,
	.prepare = waymark_prepare,
	.start = waymark_start,
	.restart_killed = waymark_restart_killed,
	.stop = waymark_stop,
	.dial = waymark_dial,
	.write_text = waymark_write_text,
	.read_answer = waymark_read_answer,
};

/* -- gammu-smsd ------------------------------------------------------------------- */

static void
smsd_prepare(struct peer *peer)
{
	peer_write(peer, "conf", 0600,
	    "[gammu]\n"
	    "device = @/modem\n"
	    "connection = dku2at\n"
	    "[smsd]\n"
	    "service = files\n"
	    "inboxpath = @/\n"
	    "outboxpath = @/\n"
	    "sentsmspath = @/\n"
	    "errorsmspath = @/\n"
	    "logfile = @/log\n"
	    "debuglevel = 0\n"
	    "commtimeout = 1\n"
	    "receivefrequency = 1\n"
	    "loopsleep = 1\n"
	    "statusfrequency = 0\n"
	    "checksecurity = 0\n"
	    "checkbattery = 0\n"
	    "checksignal = 0\n"
	    "checknetwork = 0\n"
	    "resetfrequency = 0\n"
	    "runonreceive = @/answer\n");
	peer_write(peer, "answer", 0700,
	    "#!/bin/sh\n"
	    "for n in $(seq \"$SMS_MESSAGES\"); do\n"
	    "	eval \"to=\\$SMS_${n}_NUMBER\"\n"
	    "	gammu-smsd-inject -c @/conf TEXT \"$to\" -text \"" PEER_ANSWER
	    "\"\n"
	    "done\n");
}

static void
smsd_start(struct peer *peer)
{
	const char *const words[] = { "gammu-smsd", "-c", "conf", NULL };

	peer->processes[0] = peer_spawn(peer, words);
}

static void
restart_all_killed(struct peer *peer)
{
	stop_all(peer);
	peer->kind->start(peer);
}

const struct peer_kind peer_gammu_smsd = {
	.name = "gammu-smsd",
	.wire = PEER_MODEM,
	.program = "gammu-smsd",
	.package = "gammu-smsd",
	.prepare = smsd_prepare,
	.start = smsd_start,
	.restart_killed = restart_all_killed,
	.stop = stop_all,
};

/* -- smstools ---------------------------------------------------------------------- */

static void
smstools_prepare(struct peer *peer)
{
	static const char *const folders[] = { "outgoing", "checked", "failed",
		"incoming", "sent" };
	char path[PEER_PATH_BYTES];

	for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++) {
		peer_path(peer, folders[i], path);
		if (mkdir(path, 0700) != 0)
			lab_fail("cannot make %s", path);
	}
	peer_write(peer, "conf", 0600,
	    "devices = GSM1\n"
	    "outgoing = @/outgoing\n"
	    "checked = @/checked\n"
	    "failed = @/failed\n"
	    "incoming = @/incoming\n"
	    "sent = @/sent\n"
	    "logfile = @/log\n"
	    "infofile = @/info\n"
	    "pidfile = @/pid\n"
	    "loglevel = 4\n"
	    "delaytime = 1\n"
	    "eventhandler = @/answer\n"
	    "[GSM1]\n"
	    "device = @/modem\n"
	    "incoming = yes\n"
	    "baudrate = 115200\n"
	    "memory_start = 1\n");
	peer_write(peer, "answer", 0700,
	    "#!/bin/sh\n"
	    "[ \"$1\" = RECEIVED ] || exit 0\n"
	    "to=$(sed -n 's/^From: //p' \"$2\" | head -n 1)\n"
	    "file=$(mktemp @/answer.XXXXXX)\n"
	    "printf 'To: %s\\n\\n%s\\n' \"$to\" '" PEER_ANSWER "' >\"$file\"\n"
	    "mv \"$file\" @/outgoing/\n");
}

static void
smstools_start(struct peer *peer)
{
	char configuration[PEER_PATH_BYTES + 2];
	const char *const words[] = { "/usr/sbin/smsd", configuration, "-t",
		NULL };

	snprintf(
	    configuration, sizeof(configuration), "-c%s/conf", peer->folder);
	peer->processes[0] = peer_spawn(peer, words);
}

const struct peer_kind peer_smstools = {
	.name = "smstools",
	.wire = PEER_MODEM,
	.program = "smsd",
	.package = "smstools",
	.prepare = smstools_prepare,
	.start = smstools_start,
	.restart_killed = restart_all_killed,
	.stop = stop_all,
};

/* -- Kannel ------------------------------------------------------------------------ */

static int
connect_to(int port)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET,
		.sin_port = htons((uint16_t)port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (connect(fd, (const struct sockaddr *)&address, sizeof(address)) ==
	    0)
		return (fd);
	close(fd);
	return (-1);
}

/* Its store is a file, the durable one of the two that it has by itself. */
static void
kannel_prepare(struct peer *peer)
{
	struct text content = { 0 };

	peer->port = PORTS_FROM + getpid() % PORT_RUNS * PORTS_APART;
	text_printf(&content,
	    "group = core\n"
	    "admin-port = %d\n"
	    "admin-password = none\n"
	    "status-password = none\n"
	    "smsbox-port = %d\n"
	    "box-allow-ip = 127.0.0.1\n"
	    "log-file = \"@/bearerbox.log\"\n"
	    "log-level = 2\n"
	    "store-type = file\n"
	    "store-location = \"@/store\"\n"
	    "\n"
	    "group = smsc\n"
	    "smsc = fake\n"
	    "smsc-id = FAKE\n"
	    "port = %d\n"
	    "connect-allow-ip = 127.0.0.1\n"
	    "\n"
	    "group = smsbox\n"
	    "bearerbox-host = 127.0.0.1\n"
	    "log-file = \"@/smsbox.log\"\n"
	    "log-level = 2\n"
	    "global-sender = 384\n"
	    "\n"
	    "group = sms-service\n"
	    "keyword = default\n"
	    "text = \"%s\"\n",
	    peer->port, peer->port + 1, peer->port + 2, PEER_ANSWER);
	peer_write(peer, "conf", 0600, content.bytes);
	text_free(&content);
}

static void
kannel_start_smsbox(struct peer *peer)
{
	const char *const words[] = { "smsbox", "conf", NULL };

	peer->processes[1] = peer_spawn(peer, words);
}

static void
kannel_start(struct peer *peer)
{
	const char *const words[] = { "bearerbox", "conf", NULL };
	double until_s = measure_now_s() + WAIT_S;
	int probe;

	peer->processes[0] = peer_spawn(peer, words);
	while ((probe = connect_to(peer->port + 1)) < 0) {
		if (measure_now_s() > until_s)
			lab_fail("Kannel's bearerbox does not listen");
		usleep(20000);
	}
	close(probe);
	kannel_start_smsbox(peer);
}

/* The box that answers; the other one holds the wire. */
static void
kannel_restart_killed(struct peer *peer)
{
	peer_kill(peer->processes[1]);
	kannel_start_smsbox(peer);
}

static int
kannel_dial(struct peer *peer)
{
	double until_s = measure_now_s() + WAIT_S;
	int fd;

	while ((fd = connect_to(peer->port + 2)) < 0) {
		if (measure_now_s() > until_s)
			lab_fail("Kannel's message centre does not listen");
		usleep(20000);
	}
	return (fd);
}

static void
kannel_write_text(struct text *out, const char *number)
{
	text_printf(out, "%s 384 text hello\n", number);
}

static int
kannel_read_answer(const char *line, char *number, size_t size)
{
	const char *to = strchr(line, ' ');

	if (to == NULL)
		return (0);
	snprintf(number, size, "%.*s", (int)strcspn(to + 1, " "), to + 1);
	return (1);
}

const struct peer_kind peer_kannel = {
	.name = "Kannel",
	.wire = PEER_FAST,
	.program = "bearerbox",
	.package = "kannel",
	.prepare = kannel_prepare,
	.start = kannel_start,
	.restart_killed = kannel_restart_killed,
	.stop = stop_all,
	.dial = kannel_dial,
	.write_text = kannel_write_text,
	.read_answer = kannel_read_answer,
};
