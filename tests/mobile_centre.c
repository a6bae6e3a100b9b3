#include "tests/mobile_centre.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gateway/base/clock.h"
#include "gateway/base/file.h"
#include "gateway/line/gsup.h"
#include "gateway/line/ss_component.h"
#include "tests/lab.h"

enum {
	GSUP_PORT = 4222,
	START_MOST_MS = 20000,
	INVOKE_OF_BEGIN = 5,
	CONFIG_MOST_BYTES = 65536,
};

int
network_can_run(void)
{
	return (system("command -v osmo-hlr >/dev/null 2>&1") == 0);
}

void
network_imsi(int i, char imsi_r[16])
{
	snprintf(imsi_r, 16, "90170%010d", i);
}

void
network_number(int i, char number_r[17])
{
	snprintf(number_r, 17, "+999%07d", i);
}

/* -- the register ----------------------------------------------------------- */

/* The configuration that we ship, on an address of its own. */
static void
write_configuration(const struct network *network)
{
	static const char shipped[] = "/scripts/local-network/osmo-hlr.cfg";
	static const char own[] = "127.0.0.1";
	struct text path = { 0 }, config = { 0 }, moved = { 0 };
	const char *at, *found;

	text_printf(&path, "%s%s", SOURCE_TREE, shipped);
	if (file_read(path.bytes, CONFIG_MOST_BYTES, &config) != DONE)
		lab_fail("cannot read %s", path.bytes);
	at = text_string(&config);
	while ((found = strstr(at, own)) != NULL) {
		text_add_bytes(&moved, at, (size_t)(found - at));
		text_add(&moved, network->address);
		at = found + strlen(own);
	}
	text_add(&moved, at);
	text_clear(&path);
	text_printf(&path, "%s/hlr.cfg", network->folder);
	if (file_write(path.bytes, 0600, moved.bytes, moved.length) != DONE)
		lab_fail("cannot write %s", path.bytes);
	text_free(&path);
	text_free(&config);
	text_free(&moved);
}

static int
connect_to(const char *address, int port)
{
	struct sockaddr_in to = { .sin_family = AF_INET };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	int on = 1;

	/* A hang-up and the next call are two small writes. */
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	to.sin_port = htons((uint16_t)port);
	inet_pton(AF_INET, address, &to.sin_addr);
	if (fd >= 0 &&
	    connect(fd, (const struct sockaddr *)&to, sizeof(to)) == 0)
		return (fd);
	if (fd >= 0)
		close(fd);
	return (-1);
}

static int
connect_in_time(const char *address)
{
	int64_t until_ms = clock_monotonic_ms() + START_MOST_MS;
	int fd;

	while ((fd = connect_to(address, GSUP_PORT)) < 0) {
		if (clock_monotonic_ms() > until_ms)
			lab_fail("osmo-hlr does not listen on %s", address);
		poll(NULL, 0, 20);
	}
	return (fd);
}

void
network_start_register(struct network *network)
{
	struct shown shown = { 0 };
	char log[100];

	snprintf(log, sizeof(log), "%s/log", network->folder);
	network->hlr = fork();
	if (network->hlr == 0) {
		int fd = open(log, O_WRONLY | O_CREAT | O_APPEND, 0600);

		prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (chdir(network->folder) != 0 || fd < 0)
			_exit(EXIT_FAILURE);
		dup2(fd, STDOUT_FILENO);
		dup2(fd, STDERR_FILENO);
		execlp("osmo-hlr", "osmo-hlr", "-c", "hlr.cfg", "-l", "hlr.db",
		    (char *)NULL);
		_exit(EXIT_FAILURE);
	}
	network->socket = connect_in_time(network->address);
	/* What is said before the register knows us is lost. */
	network->is_known = 0;
	network_hear(network, &shown, 0);
	while (!network->is_known)
		network_hear(network, &shown, 1);
	text_free(&shown.text);
}

void
network_stop_register(struct network *network)
{
	if (network->socket >= 0)
		close(network->socket);
	network->socket = -1;
	text_clear(&network->in);
	if (network->hlr > 0) {
		kill(network->hlr, SIGKILL);
		waitpid(network->hlr, NULL, 0);
	}
	network->hlr = -1;
}

static void
add_subscribers(const struct network *network, int count)
{
	struct text sql = { 0 };
	char command[160];
	char path[100];
	sqlite3 *database;

	snprintf(command, sizeof(command),
	    "cd %s && osmo-hlr-db-tool -l hlr.db create >db.log 2>&1",
	    network->folder);
	if (system(command) != 0)
		lab_fail("cannot make the register's database");
	snprintf(path, sizeof(path), "%s/hlr.db", network->folder);
	text_add(&sql, "BEGIN;");
	for (int i = 0; i < count; i++) {
		char imsi[16], number[17];

		network_imsi(i, imsi);
		network_number(i, number);
		text_printf(&sql,
		    "INSERT INTO subscriber (imsi, msisdn) VALUES"
		    " ('%s', '%s');",
		    imsi, number + 1);
	}
	text_add(&sql, "COMMIT;");
	if (sqlite3_open(path, &database) != SQLITE_OK ||
	    sqlite3_exec(database, sql.bytes, NULL, NULL, NULL) != SQLITE_OK)
		lab_fail(
		    "cannot add subscribers: %s", sqlite3_errmsg(database));
	sqlite3_close(database);
	text_free(&sql);
}

void
network_open(struct network *network, int subscribers)
{
	*network = (struct network){ .hlr = -1, .socket = -1 };
	snprintf(network->folder, sizeof(network->folder),
	    "%s/waymark-hlr.XXXXXX",
	    getenv("TMPDIR") != NULL ? getenv("TMPDIR") : "/tmp");
	if (mkdtemp(network->folder) == NULL)
		lab_fail("cannot make a folder: %s", strerror(errno));
	snprintf(network->address, sizeof(network->address), "127.%d.%d.1",
	    100 + (int)getpid() % 100, (int)getpid() / 100 % 250);
	write_configuration(network);
	add_subscribers(network, subscribers);
	network_start_register(network);
}

void
network_close(struct network *network)
{
	char command[100];

	network_stop_register(network);
	snprintf(command, sizeof(command), "rm -rf %s", network->folder);
	if (system(command) != 0)
		lab_fail("cannot remove %s", network->folder);
	text_free(&network->in);
}

/* -- the centre ------------------------------------------------------------- */

static void
write_all(const struct network *network, const struct text *out)
{
	size_t done = 0;

	while (done < out->length) {
		ssize_t sent = send(network->socket, out->bytes + done,
		    out->length - done, MSG_NOSIGNAL);

		if (sent <= 0)
			lab_fail("the register closed the centre's link");
		done += (size_t)sent;
	}
}

static void
say(struct network *network, int i, uint32_t session, enum gsup_state state,
    const struct ss_component *component)
{
	struct gsup_message message = {
		.kind = GSUP_SS_REQUEST,
		.session = session,
		.state = state,
	};
	struct text out = { 0 };

	network_imsi(i, message.imsi);
	if (component != NULL)
		message.component_length =
		    ss_component_write(component, message.component);
	gsup_add(&out, &message);
	write_all(network, &out);
	text_free(&out);
}

uint32_t
network_dial(struct network *network, int i, const char *code)
{
	struct ss_component component = {
		.kind = SS_INVOKE,
		.invoke_id = INVOKE_OF_BEGIN,
		.operation = SS_PROCESS_UNSTRUCTURED,
		.has_string = 1,
	};
	uint32_t session = 0x20000000 + ++network->sessions;

	if (ussd_text_write(code, USSD_OCTETS_MOST, &component.string) != DONE)
		lab_fail("the code is too long");
	say(network, i, session, GSUP_BEGIN, &component);
	return (session);
}

void
network_type(struct network *network, int i, uint32_t session, const char *text)
{
	struct ss_component component = {
		.kind = SS_RETURN_RESULT,
		.invoke_id = 1,
		.operation = SS_UNSTRUCTURED_REQUEST,
		.has_string = 1,
	};

	if (ussd_text_write(text, USSD_OCTETS_MOST, &component.string) != DONE)
		lab_fail("the answer is too long");
	say(network, i, session, GSUP_CONTINUE, &component);
}

void
network_hang_up(struct network *network, int i, uint32_t session)
{
	say(network, i, session, GSUP_END, NULL);
}

void
network_say(struct network *network, const void *payload, size_t length)
{
	const uint8_t header[] = { (uint8_t)((length + 1) >> 8),
		(uint8_t)(length + 1), 0xee, 0x05 };
	struct text out = { 0 };

	text_add_bytes(&out, header, sizeof(header));
	text_add_bytes(&out, payload, length);
	write_all(network, &out);
	text_free(&out);
}

int
network_open_rival(struct network *network, const char *name)
{
	int fd = connect_in_time(network->address);
	struct text identity = { 0 };
	char asked[256];

	/* The register asks who it is. */
	if (recv(fd, asked, sizeof(asked), 0) <= 0)
		lab_fail("the register does not ask who a client is");
	ipa_add_identity(&identity, name);
	if (send(fd, identity.bytes, identity.length, MSG_NOSIGNAL) < 0)
		lab_fail("the register closed a client's link");
	text_free(&identity);
	return (fd);
}

/* What a phone makes of a message for it. */
static void
show(const struct gsup_message *message, struct shown *shown)
{
	struct ss_component component;
	int64_t subscriber = -1;

	text_read_integer(message->imsi + 5, 0, INT32_MAX, &subscriber);
	shown->subscriber = (int)subscriber;
	shown->session = message->session;
	shown->kind = SHOWN_ERROR;
	if (message->kind == GSUP_SS_ERROR || message->component_length == 0 ||
	    ss_component_read(message->component, message->component_length,
		&component) != DONE ||
	    !component.has_string)
		return;
	if (ussd_text_read(component.string.dcs, component.string.octets,
		component.string.length, &shown->text) != DONE)
		return;
	if (component.kind == SS_INVOKE)
		shown->kind = SHOWN_PAGE;
	else if (component.invoke_id == INVOKE_OF_BEGIN)
		shown->kind = SHOWN_LAST;
}

/* Takes one frame off what was read: 1 when it was one for a phone. */
static int
take_frame(struct network *network, struct shown *shown)
{
	struct gsup_message message;
	struct ipa_frame frame;
	struct text out = { 0 };
	size_t used, left;
	int is_shown = 0;

	if (ipa_read((const uint8_t *)text_string(&network->in),
		network->in.length, &frame, &used) != DONE)
		return (-1);
	if (frame.kind == IPA_IDENTITY_ASKED) {
		ipa_add_identity(&out, "centre");
		network->is_known = 1;
	}
	if (frame.kind == IPA_PING)
		ipa_add_pong(&out);
	else if (frame.kind == IPA_GSUP &&
	    gsup_read(frame.payload, frame.length, &message) == DONE) {
		show(&message, shown);
		is_shown = 1;
	}
	write_all(network, &out);
	text_free(&out);
	left = network->in.length - used;
	memmove(network->in.bytes, network->in.bytes + used, left);
	text_cut(&network->in, left);
	return (is_shown);
}

void
network_hear(struct network *network, struct shown *shown, int wait_ms)
{
	int64_t until_ms = clock_monotonic_ms() + wait_ms;

	text_clear(&shown->text);
	shown->kind = SHOWN_NOTHING;
	for (;;) {
		struct pollfd readable = { .fd = network->socket,
			.events = POLLIN };
		int64_t left_ms = until_ms - clock_monotonic_ms();
		char block[4096];
		ssize_t got;
		int taken;

		while ((taken = take_frame(network, shown)) >= 0) {
			if (taken)
				return;
		}
		if (left_ms < 0 || poll(&readable, 1, (int)left_ms) == 0)
			return;
		got = recv(network->socket, block, sizeof(block), 0);
		if (got <= 0)
			lab_fail("the register closed the centre's link");
		text_add_bytes(&network->in, block, (size_t)got);
	}
}
