#include "gateway/text/zone.h"

#include "gateway/base/text.h"
#include "gateway/text/words.h"

enum {
	MINUTE_S = 60,
	HOUR_S = 3600,
	DAY_S = 86400,
	HOUR_MINUTES = 60,
	DAY_MINUTES = 1440,
	OFFSET_MOST_MINUTES = 14 * HOUR_MINUTES,
	WHOLE_WORD_BYTES = 3, /* names as short as "uk" begin other words */
};

/* -- summer time ------------------------------------------------------------ */

/* 01:00 UTC of the last Sunday of a month of 31 days. */
static int64_t
last_sunday_utc_s(int year, int month)
{
	struct tm last = { .tm_year = year, .tm_mon = month, .tm_mday = 31 };
	int64_t utc_s = timegm(&last);

	return (utc_s - (int64_t)last.tm_wday * DAY_S + HOUR_S);
}

static int
is_summer(int64_t utc_s)
{
	enum { MARCH = 2, OCTOBER = 9 };
	time_t seconds = (time_t)utc_s;
	struct tm parts;

	if (gmtime_r(&seconds, &parts) == NULL)
		return (0);
	return (utc_s >= last_sunday_utc_s(parts.tm_year, MARCH) &&
	    utc_s < last_sunday_utc_s(parts.tm_year, OCTOBER));
}

int64_t
zone_offset_s(const struct zone *zone, int64_t utc_s)
{
	int64_t offset_s = (int64_t)zone->offset_minutes * MINUTE_S;

	return (zone->has_summer && is_summer(utc_s) ? offset_s + HOUR_S
						     : offset_s);
}

int
zone_minute_of_day(const struct zone *zone, int64_t utc_s)
{
	int64_t second = (utc_s + zone_offset_s(zone, utc_s)) % DAY_S;

	return ((int)((second < 0 ? second + DAY_S : second) / MINUTE_S));
}

/* -- as it is written ------------------------------------------------------- */

static const char summer_word[] = " summer";

/* Up to two digits; how many were there. */
static int
read_digits(const char *at, int *value_r)
{
	int count = 0;

	*value_r = 0;
	while (count < 2 && at[count] >= '0' && at[count] <= '9')
		*value_r = *value_r * 10 + at[count++] - '0';
	return (count);
}

enum outcome
zone_read(const char *written, struct zone *zone_r)
{
	struct zone zone = { 0 };
	const char *at = written + 3;
	int hours, count, minutes = 0;

	if (strncmp(written, "UTC", 3) != 0 || (*at != '+' && *at != '-'))
		return (REFUSED);
	count = read_digits(at + 1, &hours);
	if (count == 0)
		return (REFUSED);
	at += 1 + count;
	if (*at == ':') {
		if (read_digits(at + 1, &minutes) != 2 ||
		    minutes >= HOUR_MINUTES)
			return (REFUSED);
		at += 3;
	}
	zone.offset_minutes = hours * HOUR_MINUTES + minutes;
	if (zone.offset_minutes > OFFSET_MOST_MINUTES)
		return (REFUSED);
	if (written[3] == '-')
		zone.offset_minutes = -zone.offset_minutes;
	zone.has_summer = strcmp(at, summer_word) == 0;
	if (*at != '\0' && !zone.has_summer)
		return (REFUSED);
	*zone_r = zone;
	return (DONE);
}

void
zone_write(const struct zone *zone, char written_r[ZONE_TEXT_BYTES])
{
	int minutes = abs(zone->offset_minutes);
	const char *summer = zone->has_summer ? summer_word : "";
	char sign = zone->offset_minutes < 0 ? '-' : '+';

	if (minutes % HOUR_MINUTES == 0)
		snprintf(written_r, ZONE_TEXT_BYTES, "UTC%c%d%s", sign,
		    minutes / HOUR_MINUTES % 100, summer);
	else
		snprintf(written_r, ZONE_TEXT_BYTES, "UTC%c%d:%02d%s", sign,
		    minutes / HOUR_MINUTES % 100, minutes % HOUR_MINUTES,
		    summer);
}

/* -- countries -------------------------------------------------------------- */

/* From the IANA time zone database, release 2025b (africa, asia, europe):
 * countries that callers of these corridors come from, go through and go to,
 * by the names and large towns people type, in any script.
 *
 * Left out, so that the corridor's own zone counts: countries with several
 * zones, but for Indonesia, whose west has most of its people, and Egypt,
 * which keeps a summer time of its own.  Lebanon changes its clock at midnight
 * and Israel on a Friday before the same Sunday: the hours in between are
 * wrong twice a year. */
static const struct country {
	int offset_minutes;
	int has_summer;
	const char *names; /* between | */
} countries[] = {
	{ 180, 0,
	    "saudi|ksa|riyadh|jeddah|jedda|dammam|makkah|mecca|medina|"
	    "साउदी|सऊदी|सौदी|সৌদি|السعودية|السعوديه|الرياض|جدة|ሳውዲ|ሳኡዲ|саудівськ" },
	{ 180, 0, "qatar|katar|doha|कतार|कतर|কাতার|قطر|الدوحة|ኳታር|катар" },
	{ 180, 0,
	    "kuwait|kuwet|kuweit|कुवेत|कुवैत|কুয়েত|কুয়েত|الكويت|ኩዌት|ኩዌይት|кувейт" },
	{ 180, 0,
	    "bahrain|baharain|bahrein|manama|बहराइन|बहरीन|বাহরাইন|البحرين|ባህሬን|бахрейн" },
	{ 240, 0,
	    "uae|u a e|emirates|dubai|dubay|abu dhabi|abudhabi|sharjah|ajman|"
	    "युएई|यूएई|दुबई|अबुधाबी|দুবাই|আমিরাত|আরব আমিরাত|আবুধাবি|আবু ধাবি|الامارات|الإمارات|دبي|ዱባይ|ኤምሬት|оае|емірат|дубай" },
	{ 240, 0, "oman|muscat|maskat|ओमान|ওমান|عمان|ኦማን|оман" },
	{ 180, 0, "iraq|baghdad|erbil|इराक|ইরাক|العراق|ኢራቅ|ірак" },
	{ 180, 0,
	    "jordan|jordania|amman|जोर्डन|जॉर्डन|জর্ডান|الأردن|الاردن|ዮርዳኖስ|йорданія" },
	{ 180, 0, "yemen|aden|sanaa|اليمن|የመን" },
	{ 120, 1,
	    "lebanon|lebnan|beirut|लेबनान|लेबनन|লেবানন|لبنان|بيروت|ሊባኖስ|ቤይሩት|ліван" },
	{ 120, 1, "israel|tel aviv|jerusalem|इजरायल|ইসরায়েল|إسرائيل|ізраїл" },
	{ 180, 0,
	    "turkey|turkiye|istanbul|ankara|टर्की|তুরস্ক|تركيا|ቱርክ|туреччин|стамбул" },
	{ 120, 1, "cyprus|nicosia|साइप्रस|সাইপ্রাস|قبرص|ቆጵሮስ|кіпр" },
	{ 480, 0,
	    "malaysia|malesia|kuala lumpur|johor|penang|मलेसिया|मलेशिया|মালয়েশিয়া|ماليزيا|မလေးရှား" },
	{ 480, 0, "singapore|singapur|सिङ्गापुर|सिंगापुर|সিঙ্গাপুর|စင်ကာပူ" },
	{ 480, 0,
	    "hong kong|hongkong|macau|macao|taiwan|taipei|china|beijing|"
	    "philippines|manila|brunei|တရုတ်|ထိုင်ဝမ်" },
	{ 420, 0,
	    "thailand|thai|bangkok|mae sot|maesot|chiang mai|mahachai|samut sakhon|"
	    "phuket|ranong|थाइल्याण्ड|थाईलैंड|থাইল্যান্ড|ไทย|ထိုင်း|ဗန်ကောက်|မဲဆောက်|မဟာချိုင်" },
	{ 420, 0,
	    "vietnam|hanoi|saigon|cambodia|phnom penh|laos|vientiane|ကမ္ဘောဒီးယား|လာအို" },
	{ 420, 0, "indonesia|jakarta|इन्डोनेसिया|ইন্দোনেশিয়া" },
	{ 390, 0,
	    "myanmar|burma|yangon|rangoon|mandalay|myawaddy|म्यानमार|မြန်မာ|ရန်ကုန်|မန္တလေး|မြဝတီ" },
	{ 360, 0,
	    "bangladesh|dhaka|chittagong|chattogram|sylhet|बंगलादेश|বাংলাদেশ|ঢাকা|চট্টগ্রাম|সিলেট" },
	{ 345, 0,
	    "nepal|kathmandu|pokhara|birgunj|biratnagar|नेपाल|काठमाडौं|काठमाण्डौ|পোখরা|নেপাল" },
	{ 330, 0,
	    "india|delhi|mumbai|kolkata|chennai|भारत|दिल्ली|मुम्बई|मुंबई|ভারত|দিল্লি|কলকাতা|الهند" },
	{ 330, 0, "sri lanka|srilanka|colombo" },
	{ 300, 0,
	    "pakistan|karachi|lahore|maldives|पाकिस्तान|পাকিস্তান|باكستان|মালদ্বীপ|माल्दिभ्स" },
	{ 540, 0,
	    "japan|tokyo|osaka|korea|seoul|जापान|कोरिया|জাপান|কোরিয়া|ဂျပန်|ကိုရီးယား" },
	{ 180, 0,
	    "ethiopia|addis|kenya|nairobi|mombasa|somalia|mogadishu|hargeisa|uganda|"
	    "kampala|tanzania|dar es salaam|djibouti|eritrea|itoophiyaa|itiyoophiyaa|keeniyaa|"
	    "ኢትዮጵያ|አዲስ አበባ|ኬንያ|ናይሮቢ|ሶማሊ|ጅቡቲ|إثيوبيا|كينيا" },
	{ 120, 0,
	    "sudan|khartoum|juba|libya|tripoli|south africa|rwanda|zambia|السودان|ሱዳን|ليبيا|ሊቢያ" },
	{ 240, 0, "mauritius|seychelles" },
	{ 120, 1,
	    "ukraine|ukraina|kyiv|kiev|lviv|odesa|kharkiv|україн|украин|київ|києв|львів|львов|одес|харк" },
	{ 120, 1,
	    "moldova|chisinau|romania|bucharest|bulgaria|sofia|greece|athens|finland|"
	    "helsinki|estonia|tallinn|latvia|riga|lithuania|vilnius|молдов|румун|болгарі|греці|"
	    "фінлянд|естоні|латві|литв|रोमानिया|রোমানিয়া" },
	{ 60, 1,
	    "poland|polska|warsaw|warszawa|krakow|wroclaw|germany|deutschland|berlin|"
	    "czech|prague|praha|slovakia|bratislava|hungary|budapest|austria|vienna|wien|"
	    "italy|italia|rome|milan|spain|madrid|barcelona|france|paris|belgium|brussels|"
	    "netherlands|holland|amsterdam|switzerland|sweden|stockholm|norway|oslo|denmark|"
	    "croatia|slovenia|serbia|malta|польщ|варшав|краков|вроцлав|німеччин|берлін|чехі|"
	    "праз|праг|словаччин|угорщин|австрі|італі|іспані|франці|бельгі|нідерланд|швейцар|"
	    "швеці|норвег|дані|хорват|польш|германи|पोल्यान्ड|पोल्याण्ड|পোল্যান্ড|ইতালি|माल्टा" },
	{ 0, 1,
	    "united kingdom|england|britain|uk|london|scotland|ireland|dublin|portugal|"
	    "lisbon|британі|англі|ірланді|португалі|बेलायत|যুক্তরাজ্য|পর্তুগাল" },
};

/* One name, folded: it has to begin a word, or be one if it is short. */
static int
begins_word(const char *words, const char *name, size_t length)
{
	struct text plain = { 0 };
	struct text wanted = { 0 };
	int found;

	text_add_bytes(&plain, name, length);
	words_add(text_string(&plain), &wanted);
	if (length > WHOLE_WORD_BYTES)
		text_cut(&wanted, wanted.length - 1);
	found = strstr(words, text_string(&wanted)) != NULL;
	text_free(&plain);
	text_free(&wanted);
	return (found);
}

static int
has_name(const char *words, const char *names)
{
	for (;;) {
		size_t length = strcspn(names, "|");

		if (begins_word(words, names, length))
			return (1);
		if (names[length] == '\0')
			return (0);
		names += length + 1;
	}
}

enum outcome
zone_of_country(const char *words, struct zone *zone_r)
{
	struct text said = { 0 };
	const struct country *found = NULL;
	int differ = 0;

	words_add(words, &said);
	for (size_t i = 0; i < COUNT_OF(countries); i++) {
		const struct country *one = &countries[i];

		if (!has_name(text_string(&said), one->names))
			continue;
		differ |= found != NULL &&
		    (found->offset_minutes != one->offset_minutes ||
			found->has_summer != one->has_summer);
		found = one;
	}
	text_free(&said);
	if (found == NULL || differ)
		return (NOTHING);
	*zone_r = (struct zone){ found->offset_minutes, found->has_summer };
	return (DONE);
}
