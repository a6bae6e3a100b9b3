/* The parts of waymark.conf about many lines; see settings.h. */
#ifndef GATEWAY_BASE_SETTINGS_ROUTES_H
#define GATEWAY_BASE_SETTINGS_ROUTES_H

struct config;
struct settings;

/* Reads `routes` and `spending` and looks at the caps of the lines, which have
 * been read; complaints are counted by the configuration. */
void settings_routes_read(struct config *config, struct settings *settings);
void settings_routes_free(struct settings *settings);

#endif
