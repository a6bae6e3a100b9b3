/* What statement.c and database.c share of a connection; for nobody else.
 */
#ifndef STORE_DATABASE_H
#define STORE_DATABASE_H

#include <sqlite3.h>

#include "store/statement.h"

struct database {
	sqlite3 *connection;
	sqlite3_stmt **kept[SQL_MODULES];
	size_t kept_count[SQL_MODULES];
	int in_transaction;	/* begun and neither committed nor rolled
				   back by us; SQLite may think otherwise */
	int trouble;		/* the cause that is in the log already */
};

/* What an SQLite result code other than OK, ROW and DONE means; logs it with
 * the statement (whose text has no values in it). */
enum outcome database_judge(struct database *database, int code,
    const char *statement);

#endif
