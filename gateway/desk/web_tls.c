#include "gateway/desk/web_tls.h"

#include <arpa/inet.h>
#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gateway/base/clock.h"
#include "gateway/base/file.h"
#include "gateway/base/log.h"

enum {
	SECRET_MODE = 0600,
	OPEN_MODE = 0644,
	PEM_MAX_BYTES = 65536,
	SERIAL_BYTES = 16,
	SHA256_BYTES = 32,
	YEAR_S = 365 * 86400,
	YEARS_BEFORE = 2, /* the machine's clock may have been wrong */
	YEARS_AFTER = 10,
};

MUST_USE static enum outcome
fail(const char *what, int code)
{
	log_err("cannot %s: %s", what, gnutls_strerror(code));
	return (REFUSED);
}

/* -- making ----------------------------------------------------------------- */

static void
add_name(gnutls_x509_crt_t certificate, const char *name)
{
	(void)gnutls_x509_crt_set_subject_alt_name(certificate,
	    GNUTLS_SAN_DNSNAME, name, (unsigned)strlen(name),
	    GNUTLS_FSAN_APPEND);
}

static void
add_address(gnutls_x509_crt_t certificate, const struct sockaddr *address)
{
	const void *bytes = NULL;
	unsigned length = 0;

	if (address != NULL && address->sa_family == AF_INET) {
		bytes = &((const struct sockaddr_in *)(const void *)address)
			     ->sin_addr;
		length = sizeof(struct in_addr);
	} else if (address != NULL && address->sa_family == AF_INET6) {
		bytes = &((const struct sockaddr_in6 *)(const void *)address)
			     ->sin6_addr;
		length = sizeof(struct in6_addr);
	}
	if (bytes != NULL)
		(void)gnutls_x509_crt_set_subject_alt_name(certificate,
		    GNUTLS_SAN_IPADDRESS, bytes, length, GNUTLS_FSAN_APPEND);
}

/* Every name and address the desk may be reached by from here. */
static void
add_names(gnutls_x509_crt_t certificate, const struct desk_settings *desk)
{
	char *names = strdup(desk->names);
	char *rest = names;
	char host[256] = "";
	struct ifaddrs *interfaces = NULL;

	add_name(certificate, "localhost");
	if (gethostname(host, sizeof(host) - 1) == 0 && host[0] != '\0')
		add_name(certificate, host);
	while (names != NULL && rest != NULL) {
		char *name = strsep(&rest, " ,");

		name[strcspn(name, ":")] = '\0';
		if (name[0] != '\0')
			add_name(certificate, name);
	}
	free(names);
	if (getifaddrs(&interfaces) != 0)
		return;
	for (const struct ifaddrs *one = interfaces; one != NULL;
	     one = one->ifa_next)
		add_address(certificate, one->ifa_addr);
	freeifaddrs(interfaces);
}

static int
describe(gnutls_x509_crt_t certificate, const struct desk_settings *desk)
{
	unsigned char serial[SERIAL_BYTES];
	static const char name[] = "Waymark desk";
	time_t now = (time_t)clock_utc_s();
	int code = gnutls_rnd(GNUTLS_RND_NONCE, serial, sizeof(serial));

	serial[0] &= 0x7f; /* a positive number */
	serial[0] |= 0x40;
	if (code >= 0)
		code = gnutls_x509_crt_set_version(certificate, 3);
	if (code >= 0)
		code = gnutls_x509_crt_set_serial(
		    certificate, serial, sizeof(serial));
	if (code >= 0)
		code = gnutls_x509_crt_set_activation_time(
		    certificate, now - (time_t)YEARS_BEFORE * YEAR_S);
	if (code >= 0)
		code = gnutls_x509_crt_set_expiration_time(
		    certificate, now + (time_t)YEARS_AFTER * YEAR_S);
	if (code >= 0)
		code = gnutls_x509_crt_set_dn_by_oid(certificate,
		    GNUTLS_OID_X520_COMMON_NAME, 0, name, sizeof(name) - 1);
	if (code >= 0)
		code =
		    gnutls_x509_crt_set_basic_constraints(certificate, 0, -1);
	if (code >= 0)
		code = gnutls_x509_crt_set_key_usage(
		    certificate, GNUTLS_KEY_DIGITAL_SIGNATURE);
	if (code >= 0)
		code = gnutls_x509_crt_set_key_purpose_oid(
		    certificate, GNUTLS_KP_TLS_WWW_SERVER, 0);
	if (code >= 0)
		add_names(certificate, desk);
	return (code);
}

MUST_USE static enum outcome
write_pem(const char *path, mode_t mode, gnutls_datum_t *pem)
{
	enum outcome outcome = file_write(path, mode, pem->data, pem->size);

	explicit_bzero(pem->data, pem->size);
	gnutls_free(pem->data);
	return (outcome == DONE ? DONE : REFUSED);
}

/* The key first: a key without its certificate is told of at the next start,
 * and nothing was lost. */
MUST_USE static enum outcome
write_pair(const struct desk_settings *desk, gnutls_x509_crt_t certificate,
    gnutls_x509_privkey_t key)
{
	gnutls_datum_t pem = { 0 };
	int code = gnutls_x509_privkey_export2(key, GNUTLS_X509_FMT_PEM, &pem);

	if (code < 0)
		return (fail("write the desk's key", code));
	if (write_pem(desk->key, SECRET_MODE, &pem) != DONE)
		return (REFUSED);
	code = gnutls_x509_crt_export2(certificate, GNUTLS_X509_FMT_PEM, &pem);
	if (code < 0)
		return (fail("write the desk's certificate", code));
	if (write_pem(desk->certificate, OPEN_MODE, &pem) == DONE)
		return (DONE);
	(void)unlink(desk->key);
	return (REFUSED);
}

MUST_USE static enum outcome
make(const struct desk_settings *desk)
{
	gnutls_x509_privkey_t key = NULL;
	gnutls_x509_crt_t certificate = NULL;
	enum outcome outcome = REFUSED;
	int code = gnutls_x509_privkey_init(&key);

	if (code >= 0)
		code = gnutls_x509_crt_init(&certificate);
	if (code >= 0)
		code = gnutls_x509_privkey_generate(key, GNUTLS_PK_ECDSA,
		    GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1), 0);
	if (code >= 0)
		code = describe(certificate, desk);
	if (code >= 0)
		code = gnutls_x509_crt_set_key(certificate, key);
	if (code >= 0)
		code = gnutls_x509_crt_sign2(
		    certificate, certificate, key, GNUTLS_DIG_SHA256, 0);
	if (code >= 0)
		outcome = write_pair(desk, certificate, key);
	else
		outcome = fail("make the desk's certificate", code);
	if (certificate != NULL)
		gnutls_x509_crt_deinit(certificate);
	if (key != NULL)
		gnutls_x509_privkey_deinit(key);
	return (outcome);
}

static int
exists(const char *path)
{
	struct stat facts;

	return (stat(path, &facts) == 0);
}

enum outcome
web_tls_make(const struct desk_settings *desk)
{
	int has_certificate = exists(desk->certificate);
	int has_key = exists(desk->key);

	if (has_certificate && has_key)
		return (NOTHING);
	if (!has_certificate && !has_key)
		return (make(desk));
	log_err("the desk's %s '%s' is missing, but its %s is there: bring it"
		" back, or take the other away to have both made anew",
	    has_key ? "certificate" : "key",
	    has_key ? desk->certificate : desk->key,
	    has_key ? "key" : "certificate");
	return (REFUSED);
}

/* -- reading ---------------------------------------------------------------- */

MUST_USE static enum outcome
read_pem(const char *path, struct text *pem)
{
	enum outcome outcome = file_read(path, PEM_MAX_BYTES, pem);

	if (outcome == NOTHING)
		log_err("'%s' is missing", path);
	return (outcome == DONE ? DONE : REFUSED);
}

/* Whether GnuTLS takes both and they belong together. */
MUST_USE static enum outcome
check_pair(const struct desk_settings *desk, const struct text *certificate,
    const struct text *key)
{
	gnutls_certificate_credentials_t credentials = NULL;
	const gnutls_datum_t certificate_pem = {
		(unsigned char *)certificate->bytes,
		(unsigned)certificate->length
	};
	const gnutls_datum_t key_pem = { (unsigned char *)key->bytes,
		(unsigned)key->length };
	int code = gnutls_certificate_allocate_credentials(&credentials);

	if (code >= 0)
		code = gnutls_certificate_set_x509_key_mem(credentials,
		    &certificate_pem, &key_pem, GNUTLS_X509_FMT_PEM);
	if (credentials != NULL)
		gnutls_certificate_free_credentials(credentials);
	if (code >= 0)
		return (DONE);
	log_err("the desk's certificate '%s' and key '%s' cannot be used: %s",
	    desk->certificate, desk->key, gnutls_strerror(code));
	return (REFUSED);
}

enum outcome
web_tls_load(const struct desk_settings *desk, struct text *certificate,
    struct text *key)
{
	struct stat facts;

	if (read_pem(desk->certificate, certificate) != DONE ||
	    read_pem(desk->key, key) != DONE)
		return (REFUSED);
	if (stat(desk->key, &facts) == 0 && (facts.st_mode & 077) != 0) {
		log_err("others may read the desk's key '%s': chmod 600 it",
		    desk->key);
		return (REFUSED);
	}
	return (check_pair(desk, certificate, key));
}

enum outcome
web_tls_fingerprint(const char *path, struct web_fingerprint *fingerprint_r)
{
	unsigned char hash[SHA256_BYTES];
	size_t length = sizeof(hash);
	gnutls_x509_crt_t certificate = NULL;
	struct text pem = { 0 };
	gnutls_datum_t datum;
	int code;

	if (read_pem(path, &pem) != DONE)
		return (REFUSED);
	datum = (gnutls_datum_t){ (unsigned char *)pem.bytes,
		(unsigned)pem.length };
	code = gnutls_x509_crt_init(&certificate);
	if (code >= 0)
		code = gnutls_x509_crt_import(
		    certificate, &datum, GNUTLS_X509_FMT_PEM);
	if (code >= 0)
		code = gnutls_x509_crt_get_fingerprint(
		    certificate, GNUTLS_DIG_SHA256, hash, &length);
	if (certificate != NULL)
		gnutls_x509_crt_deinit(certificate);
	text_free(&pem);
	if (code < 0)
		return (fail("read the desk's certificate", code));
	for (size_t i = 0; i < length; i++)
		snprintf(fingerprint_r->text + 3 * i, 4, "%02X%s", hash[i],
		    i + 1 < length ? ":" : "");
	return (DONE);
}
