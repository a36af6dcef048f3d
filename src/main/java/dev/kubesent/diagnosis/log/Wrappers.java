package dev.kubesent.diagnosis.log;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Who only reports that something else has ended: package managers, supervisors, shells, runtimes. They neither contradict a cause nor are
 * quoted as one. Known by their form, or by having no word of their own: "Application run failed" has none.
 */
final class Wrappers {

    private static final com.google.re2j.Pattern FORM = com.google.re2j.Pattern.compile(
            "(?i)npm (?:err!|error|warn|notice)|\\s{0,4}elifecycle |error command failed with exit code|error: script"
                    + " \"|lerna err|exit status \\d|command terminated with exit code|make(?:\\[\\d+\\])?:"
                    + " \\*\\*\\*|node\\.js v\\d+|s6-|\\[?(?:cont-init|services\\.d|cmd|entrypoint)[^\\]]{0,60}\\]?"
                    + " .{0,60}exited \\d|.{0,80}\\(pid:? ?\\d+\\) exited with code|reason: worker failed to boot|a fatal"
                    + " exception has occurred\\. program will exit|for more (?:information|details)|see (?:also |the"
                    + " )?(?:https?://|above|log|documentation)|time to wait|hint: some|note: (?:run with|this"
                    + " is)|\\[?\\d* ?more? errors?|at this point it is|to learn more|this error"
                    + " (?:originated|originates)|please (?:see|check|report|submit|open|refer|consult)|if you"
                    + " (?:think|believe|need)|report this|waiting for .{0,60} to (?:exit|terminate|finish|stop)|unhandled"
                    + " (?:promise )?rejection$|info +it worked if|verbose |signal: |caught signal|received"
                    + " (?:signal|sig)|got signal|.{0,40}(?:flags used|gc in last|heap dump|core dump|hs_err)|<---|-----?"
                    + " native stack trace|# a fatal error has been detected|ah00015|no listening sockets|fatal: could not"
                    + " read from remote repository|please make sure you have the correct access|and the repository"
                    + " exists|install missing gem|# an error report file|\\{?\"?init terminating in|runtime"
                    + " terminating|crash dump is|\\{\"kernel pid terminated|stack traceback:|memory allocation of"
                    + " \\d{1,4} bytes failed|error occurred (?:in|during|while) (?:the"
                    + " )?(?:start|stop|shutdown|boot)|\\(background on this error"
                    + "|there (?:was|were) (?:an? )?errors?|errors? (?:were|was) encountered|\\(see"
                    + " above|try '?`?\\S+ (?:-h|--help)|try `|\\[process exited");

    /** "Failed to execute: iptables-restore, exit status 2": what was executed has said why. */
    private static final Pattern EXIT = Pattern.compile("exit (?:status|code):? -?\\d{1,3}\\)?\\.?$");

    /** Characters at the end of a text in which an exit status stands. */
    private static final int ENDING = 30;

    private static final Pattern HELP = Pattern.compile(
            "(?i)usage(?: of)?:? |usage:?$|\\s{1,40}--?[a-z][\\w-]*(?:[ ,=]|$)|(?:available |global |common"
                    + " )?(?:commands|flags|options|arguments|examples):?$|use \"?\\S+ .{0,60}--help|run '.{0,60}"
                    + " --help'");

    /** Words that say that something ended, or began, and nothing of why. */
    private static final Set<String> EMPTY = Arrays.stream(
                    ("a an and any are as at be been because by closed code command could due during exit exited"
                                    + " exiting error errors fatal fail failed failing failure for from has have in init"
                                    + " initialization initialisation initialize initializing initialise is it its main not now of"
                                    + " on or process program reason run running service server setup shut shutdown shutting start"
                                    + " started starting startup status stop stopped stopping task the there this to unable"
                                    + " unexpected unexpectedly expected was were will with while abort aborted aborting terminate"
                                    + " terminated terminating termination core dumped app application container worker job script"
                                    + " entrypoint system end ended bye goodbye quitting quit cannot can't problem manager master"
                                    + " slave fatally gracefully exception occurred see above log logs more info details previous"
                                    + " severe critical got caught received signal sigterm term err warn warning panic result null"
                                    + " none nil undefined true false unrecoverable encountered happened boot booting bootstrap"
                                    + " bootstrapping completed complete finished done wait waiting all down up non-zero nonzero"
                                    + " value returned return called call cleanup cleaning execution executing execute trace stack"
                                    + " traceback most recent last first crash crashed crashing node supervisord daemon thread"
                                    + " some their your all other following lost restart restarting respawn respawning pid id name"
                                    + " line plugin function module component sigabrt sigkill deploy")
                            .split(" "))
            .collect(Collectors.toUnmodifiableSet());

    /** Words that two texts may share and be of different matters. */
    private static final Set<String> COMMON = Arrays.stream(
                    ("connection connect connecting connected file files open read write load loading find found"
                                    + " invalid missing required set setting config configuration option value values key timeout"
                                    + " timed refused denied permission allowed exist exists such directory database server client"
                                    + " host port address request response message text data user password http https java python"
                                    + " node golang main lang that then when which there their have been using used than does"
                                    + " doesn't didn't couldn't must should would please check make sure ensure only some other"
                                    + " more giving gave over before after again make made into your")
                            .split(" "))
            .collect(Collectors.toUnmodifiableSet());

    private static final Pattern NOT_A_NAME = Pattern.compile("[^a-z0-9_.-]+");

    /** What follows from anything: "FPM initialization failed", "Exiting Kafka. (kafka.Kafka$)". */
    private static final Pattern CONSEQUENCE =
            Pattern.compile("(?i)\\b(?:exit|initiali[sz]|start|boot|launch|shut|abort|terminat|stopp|quit)\\w*\\b");

    /** Words of its own that such a sentence may have: the names of the part and of its owner. */
    private static final int NAMES = 3;

    private static final Pattern LOGGER_BEHIND = Pattern.compile(" \\([\\w.$-]{1,80}\\)$");

    private static final Pattern NOT_A_WORD = Pattern.compile("[^a-z']+");

    private Wrappers() {}

    static Entry.Role role(List<Entry.Line> lines) {
        var first = lines.getFirst().text();
        if (HELP.matcher(first).lookingAt()) {
            return Entry.Role.HELPS;
        }
        var telling = lines.stream().filter(line -> !line.isFrame()).map(Entry.Line::text);
        return telling.allMatch(Wrappers::isEmpty) ? Entry.Role.WRAPS : Entry.Role.TELLS;
    }

    /** What a text is about: its words of four letters and more that say more than that something ended. */
    static Set<String> ownWords(String text) {
        return Arrays.stream(NOT_A_NAME.split(text.toLowerCase(Locale.ROOT)))
                .filter(word -> word.length() > 3 && !EMPTY.contains(word) && !COMMON.contains(word))
                .collect(Collectors.toSet());
    }

    private static boolean isConsequence(String text) {
        var sentence = LOGGER_BEHIND.matcher(text).replaceFirst("");
        return CONSEQUENCE.matcher(sentence).find()
                && !Log.isSpecific(sentence)
                && Arrays.stream(NOT_A_WORD.split(sentence.toLowerCase(Locale.ROOT)))
                                .filter(word -> word.length() > 1 && !EMPTY.contains(word))
                                .distinct()
                                .count()
                        <= NAMES
                && !Log.isTelling(sentence);
    }

    static boolean isEmpty(String text) {
        return FORM.matcher(text).lookingAt()
                || EXIT.matcher(text.substring(Math.max(0, text.length() - ENDING)))
                        .find()
                || isConsequence(text)
                || Arrays.stream(NOT_A_WORD.split(text.toLowerCase(Locale.ROOT)))
                        .allMatch(word -> word.length() < 2 || EMPTY.contains(word));
    }
}
