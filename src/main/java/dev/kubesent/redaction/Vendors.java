package dev.kubesent.redaction;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Tokens that their makers gave a mark, so that they are recognised; most of them as gitleaks knows them. */
final class Vendors {

    /** Beginning, and what follows, as of a pattern. */
    private static final List<String[]> TOKENS = List.of(
            of(
                    "ghp_ gho_ ghu_ ghs_ ghr_ github_pat_ npm_ hf_ api_org_ rdme_ rubygems_ pnu_ lin_api_ ntn_ glsa_"
                            + " dor_v1_ dop_v1_ doo_v1_",
                    "\\w{16,}"),
            of("sgp_ shippo_live_ shippo_test_ CLOJARS_ figd_ gsk_ r8_ nfp_ tfp_ dckr_pat_ dckr_oat_ EAA", "\\w{16,}"),
            of(
                    "glpat- glptt- gldt- glrt- glft- glimt- glagent- gloas- glsoat- glcbt- glffct- GR1348941",
                    "[\\w.-]{10,}"),
            of("xoxa- xoxb- xoxe- xoxo- xoxp- xoxr- xoxs- xoxe.xoxb- xoxe.xoxp- xapp- XAPP- XOXB- XOXP-", "[\\w-]{6,}"),
            of(
                    "pypi- sk- xai- PMAK- HRKU- xkeysib- tk-us- sq0atp- sq0csp- NRAK- NRJS- NRII- NRAL- NRIQ- NRRA-"
                            + " pplx- pul- ico- key-",
                    "[\\w-]{16,}"),
            of(
                    "sk_live_ sk_test_ sk_prod_ rk_live_ rk_test_ rk_prod_ pk_live_ pk_test_ whsec_ sm_aat_ sm_pat_"
                            + " sm_sat_",
                    "\\w{10,}"),
            of("shpat_ shpca_ shppa_ shpss_", "\\w{16,}"),
            of("hvs. hvb. dp.pt. dp.st. dp.ct. dp.sa. dp.scim. dp.audit.", "[\\w-]{16,}"),
            of("SG. dt0c01. dt0s01. dt0s16.", "[\\w=.-]{20,}"),
            of("pscale_tkn_ pscale_oauth_ pscale_pw_ duffel_live_ duffel_test_ fio-u-", "[\\w=.-]{10,}"),
            of("fo1_ fm1a_ fm1r_ fm2_ glc_ sntrys_ sntryu_ ops_eyJ ABSK ATATT3 ATCTT3", "[\\w+/=-]{16,}"),
            of("AGE-SECRET-KEY-1 AKCp cmVmd EZAK EZTK LTAI 4b1d", "\\w{16,}"),
            of(
                    "bedrock-api-key- s-s4t2ud- s-s4t2af- p8e- sha256~ A3- API- FLWSECK- FLWPUBK- FLWSECK_TEST-"
                            + " FLWPUBK_TEST-",
                    "[\\w=+/-]{8,}"),
            of("dapi", "[0-9a-f]{16,}(?:-\\d)?"),
            of("AC SK", "[0-9a-fA-F]{32}"),
            of("s.", "[A-Za-z0-9]{24}\\b"),
            of("v1.0-", "[0-9a-f]{24}-[0-9a-f]{40,}"),
            of("sc_ ext_ scauth_ authress_", "[\\w-]+\\.\\w{4,6}\\.acc[_-][\\w-]+\\.[\\w+/=-]{16,}"),
            of("pat sat pat.", "[\\w-]{14,22}\\.[\\w]{16,}(?:\\.\\w+)?"));

    /** Those whose mark stands within. */
    private static final String INNER = "\\w{14}\\.atlasv1\\.[\\w=-]{20,}|\\w{6}_\\w{29}_mmk|[0-9a-f]{32}-us\\d{1,2}"
            + "|\\d{8,10}:AA[\\w-]{30,}|[MNO][\\w-]{22,27}\\.[\\w-]{6,7}\\.[\\w-]{27,}|\\d{15,16}[|%][\\w-]{27,40}";

    static final String PATTERN = TOKENS.stream()
            .map(kind -> "(?:" + quoted(kind[0]) + ")" + kind[1])
            .collect(Collectors.joining("|", "\\b(?:", "|" + INNER + ")"));

    static final String KEYWORDS =
            TOKENS.stream()
                            .map(kind -> kind[0])
                            .collect(Collectors.joining(" "))
                            .toLowerCase(Locale.ROOT) + " .atlasv1. _mmk -us :aa . | %";

    private Vendors() {}

    private static String[] of(String beginnings, String rest) {
        return new String[] {beginnings, rest};
    }

    private static String quoted(String beginnings) {
        return Arrays.stream(beginnings.split(" "))
                .map(com.google.re2j.Pattern::quote)
                .collect(Collectors.joining("|"));
    }
}
