/* `lines = ( ... );` of waymark.conf; for settings.c. */
#ifndef GATEWAY_BASE_SETTINGS_LINES_H
#define GATEWAY_BASE_SETTINGS_LINES_H

struct config;
struct settings;

/* Reads and checks every line; complaints are counted by the configuration. */
void settings_lines_read(struct config *config, struct settings *settings);
void settings_lines_free(struct settings *settings);

#endif
