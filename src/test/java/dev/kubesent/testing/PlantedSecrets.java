package dev.kubesent.testing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.kubesent.event.Request;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Credentials as they are found in pods. None is real: each was made up, in the form that its maker documents. */
public final class PlantedSecrets {

    public enum Place {
        LOG,
        ENV,
        ARGS,
        ANNOTATION,
        EVENT
    }

    /** @param text with the secret in it; for the environment {@code NAME=value} */
    public record Planted(Place place, String text, String secret) {
        @Override
        public String toString() {
            return place + " " + text;
        }
    }

    private static final String RSA = "MIIEpAIBAAKCAQEAx7mY0kfY3Qm1v9Zr2bT8";

    private PlantedSecrets() {}

    public static List<Planted> all() {
        return List.of(
                log("Authorization: Bearer 7f3kd93jf03kfj39fkd03", "7f3kd93jf03kfj39fkd03"),
                log("authorization: Basic YWRtaW46aHVudGVyMg==", "YWRtaW46aHVudGVyMg=="),
                log("Proxy-Authorization: Digest dXNlcjpwYXNz", "dXNlcjpwYXNz"),
                log(
                        "jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N",
                        "dozjgNryP4J3jVmNHl0w5N"),
                log(
                        "got eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJrdWJlcm5ldGVzIn0 from the issuer",
                        "eyJpc3MiOiJrdWJlcm5ldGVzIn0"),
                log("-----BEGIN RSA PRIVATE KEY-----\n" + RSA + "\n-----END RSA PRIVATE KEY-----", RSA),
                log(
                        "-----BEGIN OPENSSH PRIVATE KEY----- b3BlbnNzaC1rZXktdjEA -----END OPENSSH PRIVATE KEY-----",
                        "b3BlbnNzaC1rZXktdjEA"),
                log("aws_access_key_id = AKIAIOSFODNN7EXAMPLE", "AKIAIOSFODNN7EXAMPLE"),
                log("temporary ASIAIOSFODNN7EXAMPL3 expired", "ASIAIOSFODNN7EXAMPL3"),
                log(
                        "aws_secret_access_key=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
                        "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
                log("google key AIzaSyD-9tSrke72PouQMnMX-a7eZSW0jkFMBWY", "AIzaSyD-9tSrke72PouQMnMX-a7eZSW0jkFMBWY"),
                log("oauth ya29.a0AfH6SMBx-3kd", "ya29.a0AfH6SMBx-3kd"),
                log("client GOCSPX-1mVwFTjGIXgs2BC2uHzksQi0HAK", "GOCSPX-1mVwFTjGIXgs2BC2uHzksQi0HAK"),
                log("using ghp_16C7e42F292c6912E7710c838347Ae178B4a", "ghp_16C7e42F292c6912E7710c838347Ae178B4a"),
                log("using github_pat_11ABCDEFG0abcdefghijkl_mnop", "github_pat_11ABCDEFG0abcdefghijkl_mnop"),
                log("using glpat-20chars_of_random_x", "glpat-20chars_of_random_x"),
                log("slack xoxb-263594206564-FGqddMF8t08v8N7Oq4i57vs1", "xoxb-263594206564-FGqddMF8t08v8N7Oq4i57vs1"),
                log(
                        "npm_Xy1abcdefghijklmnopqrstuvwxyz0123456 is not valid",
                        "npm_Xy1abcdefghijklmnopqrstuvwxyz0123456"),
                log("upload with pypi-AgEIcHlwaS5vcmcCJDU3", "pypi-AgEIcHlwaS5vcmcCJDU3"),
                log("vault hvs.CAESIJ4aFBgc4ngDpDSO7 denied", "hvs.CAESIJ4aFBgc4ngDpDSO7"),
                log("openai sk-proj-abc123def456ghi789 refused", "sk-proj-abc123def456ghi789"),
                log("stripe sk_live_4eC39HqLyjWDarjtT1zdp7dc", "sk_live_4eC39HqLyjWDarjtT1zdp7dc"),
                log("sendgrid SG.ngeVfQFYQlKU0ufo8x5d1A.TwL2iGABf9DHoTf", "SG.ngeVfQFYQlKU0ufo8x5d1A.TwL2iGABf9DHoTf"),
                log("shopify 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", "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"),
                log("posting to https://hooks.slack.com/services/T00000000/B00000000/XXXXaaaa", "B00000000/XXXXaaaa"),
                log("postgres://cart:s3cr3tpw@db.shop.svc:5432/cart failed", "s3cr3tpw"),
                log("cannot reach amqp://guest:gu3stpw@rabbit:5672/", "gu3stpw"),
                log("redis://:onlyapassword@cache:6379/0 timed out", "onlyapassword"),
                log("jdbc:mysql://db/cart?user=cart&password=jdbcpass1 refused", "jdbcpass1"),
                log("Server=db;User Id=sa;Password=Sa-Pass.1;Encrypt=true", "Sa-Pass.1"),
                log("DefaultEndpointsProtocol=https;AccountName=x;AccountKey=c3RvcmFnZWtleQ==;x", "c3RvcmFnZWtleQ=="),
                log("{\"level\":\"error\",\"password\":\"j5on p4ss\"}", "j5on p4ss"),
                log("{'api_key': 'pydictkey1'}", "pydictkey1"),
                log("db.password: yamlpass1", "yamlpass1"),
                log("password => rubypass1,", "rubypass1"),
                log("the password is 'plainpass1'", "plainpass1"),
                log("CREATE USER x IDENTIFIED BY 'sqlpass1'", "sqlpass1"),
                log("requirepass redispass1", "redispass1"),
                log("Set-Cookie: SESSIONID=c00kievalue1; Path=/", "c00kievalue1"),
                log("X-Api-Key: headerkey1", "headerkey1"),
                log(
                        "nonce 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822c",
                        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822c"),
                log("state Zm9vYmFyMTIzNDU2Nzg5MGFiY2RlZjEyMzQ1 mismatch", "Zm9vYmFyMTIzNDU2Nzg5MGFiY2RlZjEyMzQ1"),
                log("notify ops@example.com", "ops@example.com"),
                log("connect 10.42.0.17:5432 refused", "10.42.0.17"),
                log("connect [fd00:10:244::a1]:5432 refused", "fd00:10:244::a1"),
                log("{\"msg\":\"{\\\"password\\\":\\\"escjson1\\\"}\"}", "escjson1"),
                log("key 5f4dcc3b5aa765d61d8327deb882cf99 refused", "5f4dcc3b5aa765d61d8327deb882cf99"),
                log("heroku 01234567-89ab-cdef-0123-456789abcdef", "01234567-89ab-cdef-0123-456789abcdef"),
                log("token dQxWvLpRtYkZmNbHsJgFcEaU refused", "dQxWvLpRtYkZmNbHsJgFcEaU"),
                log("Authorization: rawheader1", "rawheader1"),
                log("Cookie: theme=dark; sid=cookiesid1", "cookiesid1"),
                log("GET /x?sv=2024&sig=aB3dE%2Fg7hI9jKl%3D", "aB3dE%2Fg7hI9jKl"),
                log("postgres://u:p@ssw0rdX@db/x failed", "ssw0rdX"),
                log("{\"password\":\"ab\\\"cdsecret\"}", "cdsecret"),
                log("password=sk-abcdefghijklmnopqrst!Tail1ecret", "Tail1ecret"),
                log("<password>xmlpass11</password>", "xmlpass11"),
                log("MASTER_KEY=masterkey1", "masterkey1"),
                log("passcode: 4938221", "4938221"),
                log("{\"name\":\"DB_PASSWORD\",\"value\":\"namevalue1\"}", "namevalue1"),
                log("password[bracket11]", "bracket11"),
                log("db.password%3Dpercent11", "percent11"),
                log("password=\"unclosed11", "unclosed11"),
                log("password=comma11,moreSecret", "moreSecret"),
                log("x".repeat(1980) + " postgres://cart:cutpass1", "cutpass1"),
                log("from ip-10-42-0-99.ec2.internal", "10-42-0-99"),
                log("peer:fd00:10:244::b2 gone", "fd00:10:244::b2"),
                env("PLAIN=twicesecret1", "twicesecret1"),
                event("password=twicesecret1 refused", "twicesecret1"),
                env("DB_PASSWORD=envpass1", "envpass1"),
                env("SPRING_DATASOURCE_PASSWORD=envpass2", "envpass2"),
                env("API_TOKEN=envtoken1", "envtoken1"),
                env("ENCRYPTION_KEY=envkey1", "envkey1"),
                env("SMTP_PASS=envsmtp1", "envsmtp1"),
                env("DB_PW=envpw01", "envpw01"),
                env("DATABASE_URL=mysql://cart:urlpass1@db/cart", "urlpass1"),
                env("SENTRY_DSN=https://0a1b2c3d4e5f@o1.ingest.sentry.io/1", "0a1b2c3d4e5f"),
                env("APPLICATION_CONFIG=a=b\nspring.mail.password=mailpass1\nc=d", "mailpass1"),
                env("JAVA_TOOL_OPTIONS=-Xmx64m -Djavax.net.ssl.trustStorePassword=storepass1", "storepass1"),
                env("CONNECTION_STRING=Endpoint=sb://x/;SharedAccessKeyName=R;SharedAccessKey=buskey1=", "buskey1="),
                env(
                        "GREETING=hello ghs_16C7e42F292c6912E7710c838347Ae178B4a",
                        "ghs_16C7e42F292c6912E7710c838347Ae178B4a"),
                args("--password=argpass1", "argpass1"),
                args("--db-password\nargpass2", "argpass2"),
                args("-token\nargtoken1", "argtoken1"),
                args("--config={\"secret\":\"argjson1\"}", "argjson1"),
                args("curl -u admin:curlpass1 http://x/", "curlpass1"),
                args("mysql -pshortpass1 -h db", "shortpass1"),
                args("mysqldump\n-psplitpass1", "splitpass1"),
                args("curl\n-u\nadmin:splitpass2", "splitpass2"),
                args("redis-cli\n-h\ncache\n-a\nsplitpass3", "splitpass3"),
                args("export PGPASSWORD=shellpass1; psql", "shellpass1"),
                annotation("token: anntoken1", "anntoken1"),
                annotation("{\"env\":[{\"name\":\"DB_PASSWORD\",\"value\":\"annlast1\"}]}", "annlast1"),
                annotation("anything at all: annplain1", "annplain1"),
                event("Failed to pull image: Get \"https://bob:evpass1@registry/v2/\": 401", "evpass1"),
                event("Liveness probe failed: Get http://x/?token=evtoken1: 500", "evtoken1"),
                event("MountVolume.SetUp failed: password=\"evpass2\"", "evpass2"));
    }

    /** Fifty lines are the most that a log has, so the logs go in two questions; the rest is in both. */
    public static Stream<Request> questions() {
        var logs = all().stream()
                .filter(planted -> planted.place() == Place.LOG)
                .map(Planted::text)
                .toList();
        var half = logs.size() / 2;
        return Stream.of(question(logs.subList(0, half)), question(logs.subList(half, logs.size())));
    }

    private static Request question(List<String> logs) {
        var env = lines(
                Place.ENV,
                text -> "    - name: %s\n      value: %s"
                        .formatted(
                                text.substring(0, text.indexOf('=')), quoted(text.substring(text.indexOf('=') + 1))));
        var args = all().stream()
                .filter(planted -> planted.place() == Place.ARGS)
                .flatMap(planted -> planted.text().lines())
                .map(text -> "    - " + quoted(text))
                .collect(Collectors.joining("\n"));
        var annotations =
                lines(Place.ANNOTATION, text -> "    example.com/a%d: %s".formatted(text.hashCode(), quoted(text)));
        var pod = Questions.KILLED
                .replace("annotations: {}", "annotations:\n" + annotations)
                .replace("    resources:", """
                            env:
                            - name: DB_HOST
                              value: postgres.shop.svc
                        """ + env + "\n    args:\n" + args + "\n    resources:");
        var events = Stream.concat(
                Stream.of("Killing: Stopping container app"),
                all().stream().filter(planted -> planted.place() == Place.EVENT).map(Planted::text));
        return Questions.of(pod, String.join("\n", logs) + "\n" + Questions.LAST_LINE, events.toList());
    }

    private static String lines(Place place, UnaryOperator<String> as) {
        return all().stream()
                .filter(planted -> planted.place() == place)
                .map(planted -> as.apply(planted.text()))
                .collect(Collectors.joining("\n"));
    }

    private static String quoted(String text) {
        return JsonNodeFactory.instance.textNode(text).toString();
    }

    private static Planted log(String text, String secret) {
        return new Planted(Place.LOG, text, secret);
    }

    private static Planted env(String text, String secret) {
        return new Planted(Place.ENV, text, secret);
    }

    private static Planted args(String text, String secret) {
        return new Planted(Place.ARGS, text, secret);
    }

    private static Planted annotation(String text, String secret) {
        return new Planted(Place.ANNOTATION, text, secret);
    }

    private static Planted event(String text, String secret) {
        return new Planted(Place.EVENT, text, secret);
    }
}
