#include <poll.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gateway/base/clock.h"
#include "gateway/base/confine.h"
#include "gateway/base/log.h"
#include "gateway/base/memory.h"
#include "gateway/line/modem.h"
#include "gateway/line/wire.h"

enum {
	DESCRIPTORS_MOST = 256,
	TRIES_OF_A_COMMAND = 1, /* libGammu's own repeats multiply its waits */
	EMPTY_READS_MOST = 3,
	ANSWER_MS = 300,
	QUIET_MS = 5,
};

static const struct {
	GSM_Error error;
	const char *words;
	enum ladder_finding finding;
} causes[] = {
	{ ERR_DEVICEOPENERROR, "cannot open the device; is it in use?",
	    FOUND_BUSY },
	{ ERR_DEVICELOCKED, "another process holds the device", FOUND_BUSY },
	{ ERR_DEVICENOTEXIST, "there is no such device", FOUND_GONE },
	{ ERR_DEVICENOPERMISSION, "not allowed to open the device",
	    FOUND_BUSY },
	{ ERR_DEVICEWRITEERROR, "the device is gone", FOUND_GONE },
	{ ERR_DEVICEREADERROR, "the device is gone", FOUND_GONE },
	{ ERR_TIMEOUT, "the modem does not answer", FOUND_SILENT },
	{ ERR_UNKNOWNCONNECTIONTYPESTRING, "the connection word is unknown",
	    FOUND_LOCKED },
	{ ERR_UNKNOWNMODELSTRING, "the model word is unknown", FOUND_LOCKED },
	{ ERR_SECURITYERROR, "the SIM wants its PIN", FOUND_LOCKED },
	{ ERR_NOSIM, "the modem has no SIM", FOUND_LOCKED },
};

static const char *
words_of(GSM_Error error)
{
	for (size_t i = 0; i < COUNT_OF(causes); i++) {
		if (causes[i].error == error)
			return (causes[i].words);
	}
	return (GSM_ErrorName(error) != NULL ? GSM_ErrorName(error) : "?");
}

static enum ladder_finding
finding_of(GSM_Error error)
{
	for (size_t i = 0; i < COUNT_OF(causes); i++) {
		if (causes[i].error == error)
			return (causes[i].finding);
	}
	return (FOUND_SILENT);
}

/* By hand: gammu's own configuration files are never read, and its debugging,
 * which prints numbers and texts, stays off. */
static void
configure(const struct line_arguments *arguments, GSM_StateMachine *machine)
{
	GSM_Config *config = GSM_GetConfig(machine, 0);

	free(config->Device);
	free(config->Connection);
	config->Device = memory_copy(arguments->device);
	config->Connection = memory_copy(arguments->connection);
	snprintf(config->Model, sizeof(config->Model), "%s", arguments->model);
	config->DebugLevel[0] = '\0';
	config->UseGlobalDebugFile = FALSE;
	config->SyncTime = FALSE;
	config->StartInfo = FALSE;
	/* A lock file would need a folder to write in.  libGammu takes flock()
	 * on the device in any case, and that keeps a second process out. */
	config->LockDevice = FALSE;
	config->PhoneFeatures[0] = 0;
	for (size_t i = 0; i < COUNT_OF(config->CNMIParams); i++)
		config->CNMIParams[i] = -1;
	GSM_SetConfigNum(machine, 1);
}

/* libGammu does not tell which descriptor it opened.  It is the one of the
 * device's number; or, where the device is no file (bluetooth, a program), the
 * only one that can be read. */
static int
find_descriptor(const struct modem *modem)
{
	struct stat device = { 0 };
	struct stat open_file;
	int is_file = stat(modem->arguments->device, &device) == 0 &&
	    S_ISCHR(device.st_mode);

	for (int i = STDERR_FILENO + 1; i < DESCRIPTORS_MOST; i++) {
		if (i == modem->arguments->socket || fstat(i, &open_file) != 0)
			continue;
		if (is_file && S_ISCHR(open_file.st_mode) &&
		    open_file.st_rdev == device.st_rdev)
			return (i);
		if (!is_file &&
		    (S_ISSOCK(open_file.st_mode) ||
			S_ISFIFO(open_file.st_mode)))
			return (i);
	}
	return (-1);
}

static void
close_machine(struct modem *modem)
{
	if (modem->machine != NULL) {
		/* Also after a connection that failed: else the descriptor and
		 * its lock stay.  Where opening itself failed libGammu forgets
		 * them altogether; then they are closed here. */
		if (GSM_TerminateConnection(modem->machine) != ERR_NONE)
			log_info("libGammu could not end the connection");
		GSM_FreeStateMachine(modem->machine);
	}
	modem->machine = NULL;
	modem->descriptor = -1;
	confine_close_others(&modem->arguments->socket, 1);
}

static enum ladder_finding
give_up(struct modem *modem, const char *what, GSM_Error error,
    const char **cause_r)
{
	const char *words = words_of(error);

	if (modem->told.is_up || strcmp(modem->told.cause, words) != 0)
		log_warning("cannot %s the modem: %s (%s)", what, words,
		    GSM_ErrorName(error));
	*cause_r = words;
	close_machine(modem);
	return (finding_of(error));
}

/* libGammu forgets callbacks and what it was asked to report at every
 * connection. */
static GSM_Error
ask_for_notices(struct modem *modem)
{
	GSM_StateMachine *machine = modem->machine;
	GSM_Error error;

	GSM_SetIncomingSMSCallback(machine, modem_note_sms, modem);
	GSM_SetIncomingCallCallback(machine, modem_note_call, modem);
	GSM_SetSendSMSStatusCallback(machine, modem_note_sent, modem);
	error = GSM_SetIncomingSMS(machine, TRUE);
	modem->gives_notices = error == ERR_NONE;
	if (error == ERR_TIMEOUT || error == ERR_SECURITYERROR ||
	    error == ERR_NOSIM || error == ERR_DEVICEWRITEERROR)
		return (error);
	if (error != ERR_NONE)
		log_warning("the modem gives no notice of messages (%s): they "
			    "are found by the sweep every %lld s",
		    GSM_ErrorName(error), (long long)modem->arguments->sweep_s);
	error = GSM_SetIncomingCall(machine, TRUE);
	if (error == ERR_TIMEOUT || error == ERR_DEVICEWRITEERROR)
		return (error);
	if (error != ERR_NONE)
		log_info("the modem does not report calls fully (%s)",
		    GSM_ErrorName(error));
	return (ERR_NONE);
}

static void
start_afresh(struct modem *modem)
{
	modem->is_lost = 0;
	modem->empty_reads = 0;
	modem->unexplained_bytes = 0;
	modem->notice_count = 0;
	modem->check_at_ms = INT64_MAX;
	modem->sweep_at_ms = INT64_MAX;
	modem->has_asked_own = 0;
	memset(&modem->send_result, 0, sizeof(modem->send_result));
}

/* libGammu's connections that are no device file: bluetooth, infrared, and a
 * program that speaks for the modem. */
int
modem_has_wire(const struct line_arguments *arguments)
{
	static const char *const beginnings[] = { "blue", "irda", "proxy" };

	for (size_t i = 0; i < COUNT_OF(beginnings); i++) {
		if (strncasecmp(arguments->connection, beginnings[i],
			strlen(beginnings[i])) == 0)
			return (0);
	}
	return (1);
}

enum ladder_finding
modem_connect(struct modem *modem, const char **cause_r)
{
	GSM_Error error;

	start_afresh(modem);
	modem_filter_start();
	modem->machine = GSM_AllocStateMachine();
	if (modem->machine == NULL)
		abort();
	configure(modem->arguments, modem->machine);
	error = GSM_InitConnection(modem->machine, TRIES_OF_A_COMMAND);
	if (error != ERR_NONE)
		return (give_up(modem, "connect to", error, cause_r));
	modem->descriptor = find_descriptor(modem);
	if (modem->descriptor < 0)
		return (give_up(modem, "watch", ERR_DEVICENOTWORK, cause_r));
	/* libGammu forbids further opens of a terminal, which outlives us when
	 * somebody else holds it too; the flock() is the lock that counts. */
	ioctl(modem->descriptor, TIOCNXCL);
	error = ask_for_notices(modem);
	if (error != ERR_NONE)
		return (give_up(modem, "listen to", error, cause_r));
	modem_read_smsc(modem);
	modem->sweep_at_ms = clock_monotonic_ms();
	log_notice("the modem answers");
	return (FOUND_WELL);
}

void
modem_disconnect(struct modem *modem)
{
	/* Whatever lies on the SIM, maybe another SIM, is announced afresh; the
	 * journal knows it by its facts. */
	modem->slot_count = 0;
	if (modem->machine != NULL)
		close_machine(modem);
}

int
modem_check(struct modem *modem, GSM_Error error, const char *what)
{
	switch ((int)error) {
	case ERR_TIMEOUT:
	case ERR_DEVICEOPENERROR:
	case ERR_DEVICENOTEXIST:
	case ERR_DEVICENOTWORK:
	case ERR_DEVICEWRITEERROR:
	case ERR_DEVICEREADERROR:
	case ERR_NOTCONNECTED:
	case ERR_ABORTED:
		log_info("cannot %s: %s", what, GSM_ErrorName(error));
		modem_lose(modem, finding_of(error), words_of(error));
		return (1);
	default:
		return (0);
	}
}

void
modem_read_ready(struct modem *modem, short revents)
{
	long dropped;
	int length;

	if ((revents & (POLLERR | POLLHUP | POLLNVAL)) != 0) {
		modem_lose(modem, FOUND_GONE, "the device is gone");
		return;
	}
	if ((revents & POLLIN) == 0)
		return;
	modem->explained_bytes = 0;
	dropped = modem_filter_dropped();
	length = GSM_ReadDevice(modem->machine, FALSE);
	if (length > 0) {
		modem->empty_reads = 0;
		modem->unexplained_bytes += length - modem->explained_bytes;
		if (modem->unexplained_bytes < 0)
			modem->unexplained_bytes = 0;
	} else if (modem_filter_dropped() == dropped &&
	    ++modem->empty_reads > EMPTY_READS_MOST) {
		modem_lose(modem, FOUND_GONE, "the device cannot be read");
	}
}

int
modem_pump(struct modem *modem, int wait_ms)
{
	struct pollfd device = {
		.fd = modem->descriptor,
		.events = POLLIN,
	};

	if (modem->is_lost || poll(&device, 1, wait_ms) <= 0)
		return (0);
	modem_read_ready(modem, device.revents);
	return (1);
}

void
modem_write_raw(struct modem *modem, const char *line, int wait_ms)
{
	int64_t end_ms = clock_monotonic_ms() + wait_ms;
	/* The echo, and at least "\r\nOK\r\n" behind it. */
	long expected = (long)strlen(line) + 6;
	long before = modem->unexplained_bytes;
	int64_t left_ms;

	if (modem->is_lost)
		return;
	if (!wire_write(modem->descriptor, line)) {
		modem_lose(modem, FOUND_GONE, "the device cannot be written");
		return;
	}
	while (!modem->is_lost &&
	    (left_ms = end_ms - clock_monotonic_ms()) > 0 &&
	    modem->unexplained_bytes - before < expected)
		(void)modem_pump(modem, (int)left_ms);
	while (!modem->is_lost && clock_monotonic_ms() < end_ms &&
	    modem_pump(modem, QUIET_MS))
		continue;
	modem->unexplained_bytes = 0;
}

void
modem_flush(struct modem *modem)
{
	modem_write_raw(modem, "AT\r", ANSWER_MS);
}

void
modem_settle(struct modem *modem)
{
	if (modem->unexplained_bytes > 0)
		modem_flush(modem);
}

int
modem_ask_raw(struct modem *modem, const char *line, int wait_ms,
    char *answer_r, size_t size)
{
	struct wire_answer answer = { answer_r, size, 0 };
	int is_ok;

	answer_r[0] = '\0';
	modem_settle(modem);
	if (modem->is_lost)
		return (0);
	is_ok = wire_ask(modem->descriptor, line, wait_ms, &answer);
	/* A notice that came in between did not get to libGammu.  A telephone
	 * rings again by itself. */
	if (answer.has_notice)
		modem_sweep_soon(modem);
	/* An answer that is still to come must not be taken for another's. */
	if (!is_ok && strstr(answer_r, "ERROR") == NULL)
		modem->unexplained_bytes++;
	return (is_ok);
}
