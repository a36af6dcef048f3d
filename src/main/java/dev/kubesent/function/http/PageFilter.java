package dev.kubesent.function.http;

import dev.kubesent.ui.Answer;
import dev.kubesent.ui.Asked;
import dev.kubesent.ui.Page;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.core.Ordered;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The page of the local run, before everything else: {@code GET /} and {@code /ui/}. All other requests go on untouched, {@code POST /} above all, where events
 * arrive. Where KubeSent serves a cluster there is no page, and nothing is answered here.
 */
public final class PageFilter extends OncePerRequestFilter implements Ordered {

    private final Optional<Page> page;

    /** @param page empty where there is none */
    public PageFilter(Optional<Page> page) {
        this.page = page;
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return page.isEmpty() || !Page.isFor(request.getMethod(), request.getRequestURI());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        // The page of the local run takes no body: nothing can be changed there.
        var asked = new Asked(request.getMethod(), request.getRequestURI(), headers(request), new byte[0]);
        var answer = page.orElseThrow().answer(asked);
        Answer.headers().forEach(response::setHeader);
        response.setStatus(answer.status());
        response.setContentType(answer.type());
        response.setContentLength(answer.body().length);
        response.getOutputStream().write(answer.body());
    }

    private static Map<String, String> headers(HttpServletRequest request) {
        var headers = new HashMap<String, String>();
        request.getHeaderNames()
                .asIterator()
                .forEachRemaining(name -> headers.put(name.toLowerCase(Locale.ROOT), request.getHeader(name)));
        return headers;
    }
}
