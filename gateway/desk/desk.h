/* The desk's commands: what caseworkers, editors and technicians type. */
#ifndef GATEWAY_DESK_DESK_H
#define GATEWAY_DESK_DESK_H

#include "gateway/base/command.h"

extern const struct command command_setup;
extern const struct command command_phone;
extern const struct command command_queue;
extern const struct command command_staff;
extern const struct command command_audit;
extern const struct command command_desk;
extern const struct command command_status;
extern const struct command command_backup;
extern const struct command command_restore;
extern const struct command command_menus;
extern const struct command command_recruiters;
extern const struct command command_facts;
extern const struct command command_partners;
extern const struct command command_export;
extern const struct command command_erase;

#endif
