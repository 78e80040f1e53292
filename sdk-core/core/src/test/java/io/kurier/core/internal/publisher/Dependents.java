// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.publisher;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;

import io.kurier.Receipt;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/**
 * The ways to make code depend on a future. The first word of a name is the method; those of an asynchronous form run in
 * the thread that would otherwise run a synchronous one, so that they are no easier.
 *
 * @param ofFailure whether it depends on the failure of the future, else on its success
 * @param register makes a run depend on a future
 */
record Dependents(
        String name, boolean ofFailure, BiFunction<CompletableFuture<Receipt>, Runnable, CompletionStage<?>> register) {
    private static final Executor HERE = Runnable::run;
    private static final Receipt OTHER = new Receipt("other", 0, 0, 0, 1, 1);

    @Override
    public String toString() {
        return name;
    }

    void register(CompletableFuture<Receipt> future, Runnable run) {
        CompletionStage<?> unused = register.apply(future, run);
    }

    static List<Dependents> all() {
        return List.of(
                of("thenApply", (f, run) -> f.thenApply(r -> ran(run))),
                of("thenApplyAsync", (f, run) -> f.thenApplyAsync(r -> ran(run), HERE)),
                of("thenAccept", (f, run) -> f.thenAccept(r -> run.run())),
                of("thenAcceptAsync", (f, run) -> f.thenAcceptAsync(r -> run.run(), HERE)),
                of("thenRun", (f, run) -> f.thenRun(run)),
                of("thenRunAsync", (f, run) -> f.thenRunAsync(run, HERE)),
                of("thenCombine", (f, run) -> f.thenCombine(done(), (a, b) -> ran(run))),
                of("thenCombine, as the other", (f, run) -> done().thenCombine(f, (a, b) -> ran(run))),
                of("thenCombineAsync", (f, run) -> f.thenCombineAsync(done(), (a, b) -> ran(run), HERE)),
                of("thenCombineAsync, as the other", (f, run) -> done().thenCombineAsync(f, (a, b) -> ran(run), HERE)),
                of("thenCombine, with itself", (f, run) -> f.thenCombine(f, (a, b) -> ran(run))),
                of("thenAcceptBoth", (f, run) -> f.thenAcceptBoth(done(), (a, b) -> run.run())),
                of("thenAcceptBoth, as the other", (f, run) -> done().thenAcceptBoth(f, (a, b) -> run.run())),
                of("thenAcceptBothAsync", (f, run) -> f.thenAcceptBothAsync(done(), (a, b) -> run.run(), HERE)),
                of("runAfterBoth", (f, run) -> f.runAfterBoth(done(), run)),
                of("runAfterBoth, as the other", (f, run) -> done().runAfterBoth(f, run)),
                of("runAfterBothAsync", (f, run) -> f.runAfterBothAsync(done(), run, HERE)),
                of("applyToEither", (f, run) -> f.applyToEither(never(), r -> ran(run))),
                of("applyToEither, as the other", (f, run) -> never().applyToEither(f, r -> ran(run))),
                of("applyToEitherAsync", (f, run) -> f.applyToEitherAsync(never(), r -> ran(run), HERE)),
                of("acceptEither", (f, run) -> f.acceptEither(never(), r -> run.run())),
                of("acceptEither, as the other", (f, run) -> never().acceptEither(f, r -> run.run())),
                of("acceptEitherAsync", (f, run) -> f.acceptEitherAsync(never(), r -> run.run(), HERE)),
                of("runAfterEither", (f, run) -> f.runAfterEither(never(), run)),
                of("runAfterEither, as the other", (f, run) -> never().runAfterEither(f, run)),
                of("runAfterEitherAsync", (f, run) -> f.runAfterEitherAsync(never(), run, HERE)),
                of("thenCompose", (f, run) -> f.thenCompose(r -> completedFuture(ran(run)))),
                of(
                        "thenCompose, as the result",
                        (f, run) -> done().thenCompose(r -> f).thenRun(run)),
                of("thenComposeAsync", (f, run) -> f.thenComposeAsync(r -> completedFuture(ran(run)), HERE)),
                of(
                        "thenComposeAsync, as the result",
                        (f, run) -> done().thenComposeAsync(r -> f, HERE).thenRun(run)),
                of("whenComplete", (f, run) -> f.whenComplete((r, e) -> run.run())),
                ofFailure("whenComplete of a failure", (f, run) -> f.whenComplete((r, e) -> run.run())),
                of("whenCompleteAsync", (f, run) -> f.whenCompleteAsync((r, e) -> run.run(), HERE)),
                of("handle", (f, run) -> f.handle((r, e) -> ran(run))),
                ofFailure("handle of a failure", (f, run) -> f.handle((r, e) -> ran(run))),
                of("handleAsync", (f, run) -> f.handleAsync((r, e) -> ran(run), HERE)),
                ofFailure("exceptionally", (f, run) -> f.exceptionally(e -> ran(run))),
                ofFailure("exceptionallyAsync", (f, run) -> f.exceptionallyAsync(e -> ran(run), HERE)),
                ofFailure("exceptionallyCompose", (f, run) -> f.exceptionallyCompose(e -> completedFuture(ran(run)))),
                of(
                        "exceptionallyCompose, as the result",
                        (f, run) -> CompletableFuture.<Receipt>failedFuture(new IllegalStateException("first"))
                                .exceptionallyCompose(e -> f)
                                .thenRun(run)),
                ofFailure(
                        "exceptionallyComposeAsync",
                        (f, run) -> f.exceptionallyComposeAsync(e -> completedFuture(ran(run)), HERE)),
                of("copy", (f, run) -> f.copy().thenRun(run)),
                of(
                        "minimalCompletionStage",
                        (f, run) -> f.minimalCompletionStage().thenRun(run)),
                of("toCompletableFuture", (f, run) -> f.toCompletableFuture().thenRun(run)),
                of("orTimeout", (f, run) -> f.orTimeout(1, TimeUnit.MINUTES).thenRun(run)),
                of(
                        "completeOnTimeout",
                        (f, run) ->
                                f.completeOnTimeout(OTHER, 1, TimeUnit.MINUTES).thenRun(run)),
                ofFailure(
                        "thenCombine of two failures",
                        (f, run) -> f.thenCombine(failedFuture(new IllegalStateException("other")), (a, b) -> a)
                                .whenComplete((r, e) -> run.run())));
    }

    /** What no future can see coming: it registers past all methods of the future. */
    static List<Dependents> unseen() {
        return List.of(
                of("allOf", (f, run) -> CompletableFuture.allOf(f, done()).thenRun(run)),
                of("anyOf", (f, run) -> CompletableFuture.anyOf(never(), f).thenRun(run)));
    }

    private static Dependents of(
            String name, BiFunction<CompletableFuture<Receipt>, Runnable, CompletionStage<?>> register) {
        return new Dependents(name, false, register);
    }

    private static Dependents ofFailure(
            String name, BiFunction<CompletableFuture<Receipt>, Runnable, CompletionStage<?>> register) {
        return new Dependents(name, true, register);
    }

    private static Receipt ran(Runnable run) {
        run.run();
        return OTHER;
    }

    private static CompletableFuture<Receipt> done() {
        return completedFuture(OTHER);
    }

    private static CompletableFuture<Receipt> never() {
        return new CompletableFuture<>();
    }
}
