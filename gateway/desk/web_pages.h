/* The handlers of the pages, for the table in web_routes.c.
 */
#ifndef GATEWAY_DESK_WEB_PAGES_H
#define GATEWAY_DESK_WEB_PAGES_H

#include "gateway/desk/web.h"

/* web_assets.c (made by the build from gateway/desk/web/) */
struct web_asset {
	const char *path;
	const char *type;
	const unsigned char *bytes;
	size_t length;
	const char *etag;
};
extern const struct web_asset web_assets[];
extern const size_t web_asset_count;

/* web_sign_in.c */
void web_asset_show(struct web_visit *visit);
void web_sign_in_show(struct web_visit *visit);
void web_sign_in_take(struct web_visit *visit);
void web_sign_out(struct web_visit *visit);

/* web_account.c */
void web_account_show(struct web_visit *visit);
void web_account_password(struct web_visit *visit);
void web_account_duty(struct web_visit *visit);
void web_account_phone(struct web_visit *visit);
void web_account_codes(struct web_visit *visit);

/* web_confirm.c */
void web_confirm_take(struct web_visit *visit);

/* web_team.c */
void web_team_show(struct web_visit *visit);
void web_team_add(struct web_visit *visit);
/* web_team_person.c */
void web_team_person_show(struct web_visit *visit);
void web_team_duty(struct web_visit *visit);
void web_team_phone(struct web_visit *visit);
void web_team_codes(struct web_visit *visit);
void web_team_role(struct web_visit *visit);
void web_team_password_take(struct web_visit *visit);
void web_team_disable(struct web_visit *visit);
void web_team_enable(struct web_visit *visit);
/* web_team_key.c */
void web_team_key_show(struct web_visit *visit);
void web_team_key_make(struct web_visit *visit);
void web_team_key_take(struct web_visit *visit);
void web_team_key_drop(struct web_visit *visit);

/* web_office.c */
void web_office_show(struct web_visit *visit);

/* web_health_page.c */
void web_health_show(struct web_visit *visit);

/* web_audit.c */
void web_audit_show(struct web_visit *visit);

/* web_queue.c */
void web_queue_show(struct web_visit *visit);
void web_queue_show_mine(struct web_visit *visit);
void web_queue_show_snoozed(struct web_visit *visit);
void web_queue_show_ended(struct web_visit *visit);
void web_queue_live(struct web_visit *visit);
void web_queue_next(struct web_visit *visit);

/* web_case.c */
void web_case_show(struct web_visit *visit);
/* web_case_acts.c */
void web_case_claim(struct web_visit *visit);
void web_case_pass(struct web_visit *visit);
void web_case_reply(struct web_visit *visit);
void web_case_note(struct web_visit *visit);
void web_case_close(struct web_visit *visit);
void web_case_reopen(struct web_visit *visit);
void web_case_label(struct web_visit *visit);
void web_case_unlabel(struct web_visit *visit);
void web_case_snooze(struct web_visit *visit);
void web_case_wake(struct web_visit *visit);
void web_case_give(struct web_visit *visit);
void web_case_number(struct web_visit *visit);

/* web_refer.c */
void web_refer_show(struct web_visit *visit);
void web_refer_take(struct web_visit *visit);

/* web_facts.c */
void web_facts_show(struct web_visit *visit);
void web_facts_set(struct web_visit *visit);

/* web_erase.c */
void web_erase_take(struct web_visit *visit);
void web_erasures_show(struct web_visit *visit);

/* web_exports.c */
void web_exports_show(struct web_visit *visit);
void web_exports_tallies(struct web_visit *visit);
void web_exports_htcds(struct web_visit *visit);
void web_case_record(struct web_visit *visit);

/* web_trends.c */
void web_trends_show(struct web_visit *visit);

/* web_partners.c */
void web_partners_show(struct web_visit *visit);
void web_partners_put(struct web_visit *visit);
/* web_partner.c */
void web_partner_show(struct web_visit *visit);
void web_partner_change(struct web_visit *visit);
void web_partner_key(struct web_visit *visit);
void web_partner_remove(struct web_visit *visit);

/* web_asides.c */
void web_asides_show(struct web_visit *visit);
void web_aside_show(struct web_visit *visit);
void web_aside_number(struct web_visit *visit);
void web_aside_file(struct web_visit *visit);

#endif
