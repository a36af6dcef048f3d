package dev.kubesent.function;

import org.springframework.cloud.function.adapter.aws.FunctionInvoker;

/** What Lambda calls: {@code dev.kubesent.function.LambdaHandler}. Settings are those of docs/settings.md, as environment variables. */
public final class LambdaHandler extends FunctionInvoker {

    /** Of the function in {@link LambdaApplication}. It takes a stream, which the adapter hands on unread, unlogged and whole. */
    static final String FUNCTION = "lambda";

    /** @throws UsageException where a setting is wrong: Lambda reports it as an error of the function's start */
    public LambdaHandler() {
        // Else the adapter looks for a manifest, which a zip of classes does not have.
        System.setProperty("spring.main.banner-mode", "off");
        System.setProperty("MAIN_CLASS", LambdaApplication.class.getName());
        super(FUNCTION);
    }
}
