#include "gateway/desk/htcds.h"

#include <string.h>
#include <strings.h>

#include "gateway/base/clock.h"
#include "gateway/base/marked_words.h"
#include "gateway/base/outcome.h"

static const struct htcds_field fields[] = {
	{ "prs_Gender", WORDS("Gender"), HTCDS_PICK,
	    "Feminine\n"
	    "Masculine\n"
	    "TransgenderFeminine\n"
	    "TransgenderMasculine\n"
	    "NonConforming\n"
	    "NonSpecifiedUnknown" },
	{ "prs_MaritalStatus", WORDS("Marital Status"), HTCDS_PICK,
	    "Single\n"
	    "Married\n"
	    "Widowed\n"
	    "Divorced\n"
	    "Separated\n"
	    "RegisteredPartnership" },
	{ "prs_PrimaryLanguage", WORDS("Primary Language"), HTCDS_LANGUAGE,
	    NULL },
	{ "prs_SecondaryLanguage", WORDS("Secondary Language"), HTCDS_LANGUAGE,
	    NULL },
	{ "prs_HighestLevelOfEducation", WORDS("Highest Level of Education"),
	    HTCDS_PICK,
	    "EarlyChildhoodEducation\n"
	    "PrimaryEducation\n"
	    "LowerSecondaryEducation\n"
	    "UpperSecondaryEducation\n"
	    "PostSecondaryNonTertiaryEducation\n"
	    "ShortCycleTertiaryEducation\n"
	    "BachelorsOrEquivalentLevel\n"
	    "MastersOrEquivalentLevel\n"
	    "DoctoralOrEquivalentLevel" },
	{ "prs_Citizenship", WORDS("Citizenship"), HTCDS_COUNTRIES, NULL },
	{ "vic_TraffickingStatus", WORDS("Trafficking Status"), HTCDS_PICK,
	    "PossibleVictimOfTrafficking\n"
	    "ActualVictimOfTrafficking\n"
	    "NotAVictimOfTrafficking" },
	{ "vic_TraffickingStatusDecisionMakingOrg",
	    WORDS("Trafficking Status Decision Making Organization"),
	    HTCDS_PICK,
	    "Police\n"
	    "NGO\n"
	    "CourtOrProsecution\n"
	    "NonPoliceGovernmentalOrganization\n"
	    "Other" },
	{ "vic_RelationshipToTrafficker", WORDS("Relationship to Trafficker"),
	    HTCDS_PICK,
	    "Familial\n"
	    "Acquainted\n"
	    "Unaquainted" },
	{ "vic_RecruitmentWebsitesAndApps",
	    WORDS("Recruitment Websites and Apps"), HTCDS_PICK_SOME,
	    "Facebook\n"
	    "Instagram\n"
	    "WhatsApp\n"
	    "Telegram\n"
	    "FacebookMessenger\n"
	    "Viber\n"
	    "SnapChat\n"
	    "Line\n"
	    "4Sale\n"
	    "WeChat\n"
	    "QQ\n"
	    "QZone\n"
	    "TikTok\n"
	    "Twitter\n"
	    "Other" },
	{ "vic_MethodOfRecruitment", WORDS("Method of Recruitment"),
	    HTCDS_PICK_SOME,
	    "AtAPlaceOfBusiness\n"
	    "AtAnEducationalInstitution\n"
	    "AtWork\n"
	    "ThroughOnlineSocialNetworks\n"
	    "ThroughAnOnlineAdvertisement\n"
	    "ThroughATelevisionAdvert\n"
	    "ThroughANewspaperAdvert\n"
	    "ThroughFamilyOrFamilyEvents\n"
	    "ThroughFriendsOrSocialEvents\n"
	    "Other" },
	{ "vic_MethodsOfControl", WORDS("Methods of Control"), HTCDS_PICK_SOME,
	    "PhysicalThreats\n"
	    "ThreatsLawEnforcement\n"
	    "ThreatensChildrenFamily\n"
	    "DebtBondage\n"
	    "FalsePromises\n"
	    "PhysicalAbuse\n"
	    "SexualAbuse\n"
	    "TakesEarnings\n"
	    "RestrictsFinancialAccess\n"
	    "RestrictsMedicalCare\n"
	    "WithholdsNecessities\n"
	    "PsychologicalAbuse\n"
	    "PsychoactiveSubstance\n"
	    "ExcessiveWorkingHours\n"
	    "WithholdsDocuments\n"
	    "Other" },
	{ "vic_TypeOfExploitation", WORDS("Type of Exploitation"),
	    HTCDS_PICK_SOME,
	    "ForcedLabour\n"
	    "SexualExploitation\n"
	    "ChildLabour\n"
	    "ForcedMarriage\n"
	    "Servitude\n"
	    "ForcedMilitaryByNonStateActors\n"
	    "OrganRemoval\n"
	    "ForcedBegging\n"
	    "ForcedAdoption\n"
	    "Surrogacy\n"
	    "Other" },
	{ "vic_ForcedLabourIndustry", WORDS("Forced Labour Industry"),
	    HTCDS_PICK,
	    "A_AgricultureForestryAndFishing\n"
	    "B_MiningAndQuarrying\n"
	    "C_Manufacturing\n"
	    "D_ElectricityGasSteamAndAirConditioningSupply\n"
	    "E_WaterSupplySewerageWasteManagement\n"
	    "F_Construction\n"
	    "G_WholesaleAndRetailTradeRepairOfMotorVehicles\n"
	    "H_TransportationAndStorage\n"
	    "I_AccommodationAndFoodServiceActivities\n"
	    "J_InformationAndCommunication\n"
	    "K_FinancialAndInsuranceActivities\n"
	    "L_RealEstateActivities\n"
	    "M_ProfessionalScientificAndTechnicalActivities\n"
	    "N_AdministrativeAndSupportServiceActivities\n"
	    "O_PublicAdministrationAndDefence\n"
	    "P_Education\n"
	    "Q_HumanHealthAndSocialWorkActivities\n"
	    "R_ArtsEntertainmentAndRecreation\n"
	    "S_OtherServiceActivities\n"
	    "T_ActivitiesOfHouseholdsAsEmployers\n"
	    "U_ActivitiesOfExtraterritorialOrganizations" },
	{ "vic_TypeOfSexExploitation", WORDS("Type of Sex Exploitation"),
	    HTCDS_PICK_SOME,
	    "Prostitution\n"
	    "Pornography\n"
	    "RemoteInteractiveServices\n"
	    "PrivateSexualServices" },
	{ "vic_ExploitationWebsitesAndApps",
	    WORDS("Exploitation Websites and Apps"), HTCDS_PICK_SOME,
	    "Facebook\n"
	    "Instagram\n"
	    "WhatsApp\n"
	    "Telegram\n"
	    "FacebookMessenger\n"
	    "Viber\n"
	    "SnapChat\n"
	    "Line\n"
	    "4Sale\n"
	    "WeChat\n"
	    "QQ\n"
	    "QZone\n"
	    "TikTok\n"
	    "Twitter\n"
	    "Other" },
	{ "cas_Status", WORDS("Status"), HTCDS_PICK,
	    "Active\n"
	    "FollowUp\n"
	    "Closed\n"
	    "ClosedReferred" },
	{ "cas_IncomingReferralDate", WORDS("Incoming Referral Date"),
	    HTCDS_DATE, NULL },
	{ "cas_ReasonForIncomingReferral",
	    WORDS("Reason for Incoming Referral"), HTCDS_PICK,
	    "AdditionalServicesRequired\n"
	    "MigrationOrChangeOfLocation\n"
	    "Other" },
	{ "cas_ReasonForOutgoingReferral",
	    WORDS("Reason for Outgoing Referral"), HTCDS_PICK,
	    "AdditionalServicesRequired\n"
	    "MigrationOrChangeOfLocation\n"
	    "Other" },
	{ "cas_OutgoingReferralDate", WORDS("Outgoing Referral Date"),
	    HTCDS_DATE, NULL },
	{ "hte_Country", WORDS("Country"), HTCDS_COUNTRY, NULL },
	{ "hte_Date", WORDS("Date"), HTCDS_DATE, NULL },
	{ "hte_Type", WORDS("Type"), HTCDS_PICK,
	    "Recruitment\n"
	    "Transit\n"
	    "Exploitation" },
	{ "spl_PlannedEndDate", WORDS("Planned End Date"), HTCDS_DATE, NULL },
	{ "spl_ActualEndDate", WORDS("Actual End Date"), HTCDS_DATE, NULL },
	{ "spl_Type", WORDS("Type"), HTCDS_PICK,
	    "Education\n"
	    "Financial\n"
	    "Health\n"
	    "LabourExploitationRehabilitation\n"
	    "Legal\n"
	    "Livelihood\n"
	    "RightsBasedTraining\n"
	    "SexualExploitationRehabilitation\n"
	    "SocialCare" },
	{ "con_Consent", WORDS("Consent"), HTCDS_CHECKBOX, NULL },
	{ "wmk_AgeBand", WORDS("Age"), HTCDS_PICK,
	    "0-12\n"
	    "13-17\n"
	    "18-24\n"
	    "25-34\n"
	    "35-44\n"
	    "45-59\n"
	    "60+" },
	{ "wmk_AgeBandWhenTrafficked", WORDS("Age when first trafficked"),
	    HTCDS_PICK,
	    "0-12\n"
	    "13-17\n"
	    "18-24\n"
	    "25-34\n"
	    "35-44\n"
	    "45-59\n"
	    "60+" },
	{ "wmk_OriginCountry", WORDS("Country the person comes from"),
	    HTCDS_COUNTRY, NULL },
	{ "wmk_DestinationCountry",
	    WORDS("Country the person goes to or works in"), HTCDS_COUNTRY,
	    NULL },
	{ "wmk_FeePaid", WORDS("Paid a fee for the job"), HTCDS_PICK,
	    "Yes\n"
	    "No\n"
	    "NotKnown" },
	{ "wmk_RecruiterStatus", WORDS("The recruiter on the official list"),
	    HTCDS_PICK,
	    "Valid\n"
	    "Expired\n"
	    "Suspended\n"
	    "Cancelled\n"
	    "Banned\n"
	    "NotListed\n"
	    "NotKnown" },
	{ "wmk_Channel", WORDS("How the person reached us"), HTCDS_PICK,
	    "SMS\n"
	    "USSD\n"
	    "MissedCall\n"
	    "InPerson\n"
	    "Other" },
	{ "wmk_SafeToContact", WORDS("Safe to contact"), HTCDS_PICK,
	    "Yes\n"
	    "No\n"
	    "NotKnown" },
};

const struct htcds_field *
htcds_fields(size_t *count_r)
{
	*count_r = COUNT_OF(fields);
	return (fields);
}

const struct htcds_field *
htcds_find(const char *name)
{
	for (size_t i = 0; i < COUNT_OF(fields); i++) {
		if (strcasecmp(fields[i].name, name) == 0)
			return (&fields[i]);
	}
	return (NULL);
}

/* -- values ----------------------------------------------------------------- */

/* The value of a list that a word of this length is, or NULL. */
static const char *
find_value(const char *values, const char *word, size_t length)
{
	for (const char *at = values; *at != '\0';) {
		size_t has = strcspn(at, "\n");

		if (has == length && strncasecmp(at, word, length) == 0)
			return (at);
		at += has + (at[has] == '\n');
	}
	return (NULL);
}

static void
add_one(struct text *value, const char *word, size_t length)
{
	if (value->length > 0)
		text_add_byte(value, ';');
	text_add_bytes(value, word, length);
}

/* 1 when `word` stands between the semicolons of a list. */
static int
is_among(const char *list, const char *word, size_t length)
{
	for (const char *at = list; *at != '\0';) {
		size_t has = strcspn(at, ";");
		size_t blank = strspn(at, " ");
		size_t end = has;

		while (end > blank && at[end - 1] == ' ')
			end--;
		if (blank < has && end - blank == length &&
		    strncasecmp(at + blank, word, length) == 0)
			return (1);
		at += has + (at[has] == ';');
	}
	return (0);
}

/* How many words stand between the semicolons. */
static size_t
count_among(const char *list)
{
	size_t count = 0;

	for (const char *at = list; *at != '\0';) {
		size_t has = strcspn(at, ";");

		count += strspn(at, " ") < has;
		at += has + (at[has] == ';');
	}
	return (count);
}

/* In the order of the standard, each once; 0 when one of them is none. */
static int
read_some(const char *values, const char *typed, struct text *value)
{
	size_t known = 0;

	for (const char *at = typed; *at != '\0';) {
		size_t has = strcspn(at, ";");
		size_t blank = strspn(at, " ");
		size_t end = has;

		while (end > blank && at[end - 1] == ' ')
			end--;
		if (blank < has)
			known +=
			    find_value(values, at + blank, end - blank) != NULL;
		at += has + (at[has] == ';');
	}
	if (known == 0 || known != count_among(typed))
		return (0);
	for (const char *at = values; *at != '\0';) {
		size_t has = strcspn(at, "\n");

		if (is_among(typed, at, has))
			add_one(value, at, has);
		at += has + (at[has] == '\n');
	}
	return (1);
}

static int
read_pick(const char *values, const char *typed, struct text *value)
{
	const char *found = find_value(values, typed, strlen(typed));

	if (found == NULL)
		return (0);
	text_add_bytes(value, found, strcspn(found, "\n"));
	return (1);
}

static int
read_language(const char *typed, struct text *value)
{
	size_t length = strspn(typed, "abcdefghijklmnopqrstuvwxyz");

	if (typed[length] != '\0' || length < 2 || length > 3)
		return (0);
	text_add(value, typed);
	return (1);
}

/* One country, or several with semicolons between. */
static int
read_countries(const char *typed, int most, struct text *value)
{
	for (int count = 1; count <= most; count++) {
		if (strspn(typed, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != 2)
			return (0);
		if (!is_among(text_string(value), typed, 2))
			add_one(value, typed, 2);
		typed += 2;
		if (*typed == '\0')
			return (1);
		if (*typed++ != ';')
			return (0);
	}
	return (0);
}

static int
read_checkbox(const char *typed, struct text *value)
{
	static const char values[] = "TRUE\nFALSE";

	return (read_pick(values, typed, value));
}

static int
read_date(const char *typed, struct text *value)
{
	int64_t utc_s;

	if (!clock_read_date(typed, &utc_s))
		return (0);
	text_add(value, typed);
	return (1);
}

static void
say_values(const struct htcds_field *field, struct text *why)
{
	text_printf(why, "%s is %s: ", field->name,
	    field->kind == HTCDS_PICK ? "one of"
				      : "one or more, with ; between, of");
	for (const char *at = field->values; *at != '\0'; at++) {
		if (*at == '\n')
			text_add(why, ", ");
		else
			text_add_byte(why, *at);
	}
}

static void
say_why(const struct htcds_field *field, struct text *why)
{
	switch (field->kind) {
	case HTCDS_PICK:
	case HTCDS_PICK_SOME:
		say_values(field, why);
		break;
	case HTCDS_CHECKBOX:
		text_printf(why, "%s is TRUE or FALSE", field->name);
		break;
	case HTCDS_DATE:
		text_printf(
		    why, "%s is a date such as 2026-11-21", field->name);
		break;
	case HTCDS_LANGUAGE:
		text_printf(why,
		    "%s is a language code of ISO 639 in small letters, such"
		    " as nep",
		    field->name);
		break;
	case HTCDS_COUNTRY:
		text_printf(why,
		    "%s is a country code of ISO 3166 in capitals, such as NP",
		    field->name);
		break;
	case HTCDS_COUNTRIES:
		text_printf(why,
		    "%s is one or more country codes of ISO 3166 in capitals"
		    " with ; between, such as NP;IN",
		    field->name);
		break;
	}
}

int
htcds_read_value(const struct htcds_field *field, const char *typed,
    struct text *value, struct text *why)
{
	enum { COUNTRIES_MOST = 5 };
	struct text read = { 0 };
	int is_right = 0;

	switch (field->kind) {
	case HTCDS_PICK:
		is_right = read_pick(field->values, typed, &read);
		break;
	case HTCDS_PICK_SOME:
		is_right = read_some(field->values, typed, &read);
		break;
	case HTCDS_CHECKBOX:
		is_right = read_checkbox(typed, &read);
		break;
	case HTCDS_DATE:
		is_right = read_date(typed, &read);
		break;
	case HTCDS_LANGUAGE:
		is_right = read_language(typed, &read);
		break;
	case HTCDS_COUNTRY:
		is_right = read_countries(typed, 1, &read);
		break;
	case HTCDS_COUNTRIES:
		is_right = read_countries(typed, COUNTRIES_MOST, &read);
		break;
	}
	if (is_right)
		text_add_bytes(value, read.bytes, read.length);
	else
		say_why(field, why);
	text_free(&read);
	return (is_right);
}
