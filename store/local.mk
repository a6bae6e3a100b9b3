# store: SQLite and libsodium
noinst_LIBRARIES += libstore.a
libstore_a_SOURCES = \
	store/seal.c store/seal.h store/store.h
STORE_LIBS = libstore.a $(SQLITE_LIBS) $(SODIUM_LIBS)
