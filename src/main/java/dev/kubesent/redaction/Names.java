package dev.kubesent.redaction;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Whether what has a name is a secret by that name: of a variable, a field, a flag or a header. */
final class Names {

    /** Wherever they stand in a name, its words written as one. */
    private static final List<String> PARTS =
            List.of(("password passwd passphrase passcode passwort kennwort motdepasse contrasena wachtwoord secret"
                            + " token credential apikey accesskey privatekey signingkey encryptionkey accountkey sharedkey"
                            + " masterkey licensekey licencekey serviceaccountkey deploykey sshkey hmackey authkey appkey"
                            + " clientkey sessionkey sessionid connectionstring connstr connectionstr authorization bearer"
                            + " contribsys requirepass masterauth sharedaccesssignature webhookurl")
                    .split(" "));

    /** Only as words of their own: "mapping" and "author" are no credentials. */
    private static final Set<String> WORDS =
            Set.of(("pass pw pwd psw pswd passw cred creds mdp pin sid sig dsn salt auth cookie jwt otp totp"
                            + " senha haslo parola clave")
                    .split(" "));

    /** What ends so tells of a secret, and is none. */
    private static final Set<String> ABOUT =
            Set.of(("name names ref refs file files filename path paths uri host hostname endpoint issuer audience"
                            + " type ttl seconds minutes expiry expires expiration expired timeout count length len size policy"
                            + " class mount mountpath dir directory enabled required provider version error errors status store"
                            + " manager service server method mode algorithm alg format limit review request requests response"
                            + " rotation reset hint rb py js ts go java php rs cpp kt yaml yml json xml conf cfg ini pem crt sh"
                            + " svc local com io net org internal field min max age interval exception failure failed not sync"
                            + " controller source")
                    .split(" "));

    private static final Set<String> NO_PASSWORD =
            Set.of("bypass compass trespass surpass encompass overpass underpass multipass allpass".split(" "));

    /** Whose values are names of Secrets. */
    private static final String REFERENCES = "imagepullsecret";

    private static final Set<String> LOOKUPS =
            Set.of(("primary foreign partition sort public cache routing row index hash map object unique missing"
                            + " config lock group label idempotency dedup sharding shard message the duplicate")
                    .split(" "));

    /** Characters; a longer name is none. */
    static final int LONGEST = 100;

    private Names() {}

    static boolean isSecret(String name) {
        if (name.length() < 2 || name.length() > LONGEST) {
            return false;
        }
        var words = words(name);
        if (words.isEmpty() || ABOUT.contains(words.getLast()) && words.size() > 1 && !words.contains("contribsys")) {
            return false;
        }
        var joined = String.join("", words);
        return !joined.startsWith(REFERENCES) && isSecret(words, joined);
    }

    private static boolean isSecret(List<String> words, String joined) {
        return PARTS.stream().anyMatch(joined::contains)
                || words.stream().anyMatch(WORDS::contains)
                || words.stream().anyMatch(Names::endsLikeAPassword);
    }

    /** Also what is only called a key: that of a variable is a secret more often than not. */
    static boolean isSecretVariable(String name) {
        var words = words(name);
        return isSecret(name) || !words.isEmpty() && Set.of("key", "keys").contains(words.getLast());
    }

    /** {@code PLAID_KEY}; and not what a row is found by. */
    static boolean isKey(String name) {
        var words = words(name);
        return words.size() > 1 && words.getLast().equals("key") && !LOOKUPS.contains(words.get(words.size() - 2));
    }

    /** More than one of them: a number behind such a name is how many. */
    static boolean isPlural(String name) {
        var words = words(name);
        return !words.isEmpty()
                && words.getLast().endsWith("s")
                && !words.getLast().endsWith("ss");
    }

    /** What is no password: behind it a message goes on more often than a token of small letters stands there. */
    static boolean isPassword(String name) {
        var joined = String.join("", words(name));
        return joined.contains("pass")
                || joined.contains("pw")
                || joined.contains("pin")
                || joined.contains("kennwort")
                || joined.contains("mdp");
    }

    private static boolean endsLikeAPassword(String word) {
        return (word.endsWith("pass") || word.endsWith("pwd")) && !NO_PASSWORD.contains(word);
    }

    /** At signs, and where small letters end: {@code dbPassword} has two. */
    static List<String> words(String name) {
        var spaced = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (i > 0 && Character.isUpperCase(c) && Character.isLowerCase(name.charAt(i - 1))) {
                spaced.append(' ');
            }
            spaced.append(Character.isLetterOrDigit(c) ? c : ' ');
        }
        return Arrays.stream(spaced.toString()
                        .toLowerCase(Locale.ROOT)
                        .replace('ñ', 'n')
                        .split(" "))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
