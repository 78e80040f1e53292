// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.host.internal.plugins;

import io.kurier.core.internal.errors.ThrowableText;
import io.kurier.core.internal.plugins.FoundPlugin;
import io.kurier.core.internal.plugins.IsolatedFolder;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names the jar of a folder to remove or replace when a plugin fails because its jars do not fit the application's or one
 * another: old connectors bundle parts of Kafka, or were compiled for another version of it. The classes are those that
 * the JDK names in the text of a {@link LinkageError} or {@link ClassCastException}.
 */
final class JarConflict {
    private static final int MOST_CAUSES = 20;
    private static final Pattern MISSING_MEMBER = Pattern.compile("([\\w$.]+)\\.[\\w$<>]+\\(");
    private static final Pattern CLASS = Pattern.compile("[\\w$]+(?:[./][\\w$]+)+");

    private final IsolatedFolder folder;
    private final Throwable error;

    /** The class of the folder whose code was running, or null. */
    private final @Nullable String caller;

    private JarConflict(IsolatedFolder folder, Throwable error) {
        this.folder = folder;
        this.error = error;
        this.caller = caller();
    }

    /** Returns what to do, in sentences, or null if the throwable has another reason. */
    static @Nullable String explain(IsolatedFolder folder, Throwable thrown) {
        Throwable deepest = null;
        Throwable each = thrown;
        for (int causes = 0; each != null && causes < MOST_CAUSES; causes++) {
            if (each instanceof LinkageError || each instanceof ClassCastException) {
                deepest = each;
            }
            each = ThrowableText.cause(each);
        }
        return deepest == null ? null : new JarConflict(folder, deepest).text();
    }

    private @Nullable String text() {
        Set<String> named = named();
        if (error instanceof NoClassDefFoundError) {
            for (String name : named) {
                if (folder.jarsWith(name).isEmpty() && used(name) == null) {
                    return missing(name);
                }
            }
        }
        for (String name : named) {
            List<String> jars = folder.jarsWith(name);
            if (jars.size() > 1) {
                return name + " is in " + String.join(" and in ", jars) + ". Keep one of them.";
            }
        }
        for (String name : named) {
            String both = isUsed(name) ? held(name) : null;
            if (both != null) {
                return both;
            }
        }
        if (error instanceof ClassCastException) {
            return null; // a mistake of the code, not of its jars
        }
        return otherVersion(named);
    }

    /** Returns the text for a class that both the folder and the application have, or null. */
    private @Nullable String held(String name) {
        String other = jars(name).isEmpty() ? null : applications(name);
        return other == null
                ? null
                : first(name) + " holds " + name + ", and so does the application (" + other + "). Remove "
                        + first(name) + ", or replace it by a version that fits.";
    }

    private @Nullable String otherVersion(Set<String> named) {
        for (String name : named) {
            Class<?> used = used(name);
            if (used != null && used.getClassLoader() != folder.loader()) {
                if (caller != null) {
                    String both = held(caller);
                    return first(caller) + " was compiled for another version of " + name + " than that of the"
                            + " application (" + origin(used) + "). "
                            + (both == null ? "Replace " + first(caller) + " by a version that fits." : both);
                }
            } else if (!jars(name).isEmpty()) {
                return first(name) + " holds " + name + ", which does not fit the classes that it meets. Replace "
                        + first(name) + " by a version that fits, or remove it if the application has its classes.";
            }
        }
        return null;
    }

    private String missing(String name) {
        if (name.startsWith("org.apache.kafka.") && caller != null) {
            return first(caller) + " needs Kafka's class " + name + ", which neither the application nor "
                    + folder.origin() + " has. Replace " + first(caller) + " by a version for this version of Kafka, or"
                    + " put the jar that has the class beside it.";
        }
        return name + " is neither in " + folder.origin()
                + " nor in the application. Put the jar that has it beside the plugin's, in one folder.";
    }

    /** Returns the names of classes in the message that are classes of the folder or the application, or are missing. */
    private Set<String> named() {
        String message = message();
        Set<String> names = new LinkedHashSet<>();
        Matcher member = MISSING_MEMBER.matcher(message);
        if (error instanceof NoSuchMethodError && member.find()) {
            names.add(member.group(1));
            return names;
        }
        Matcher words = CLASS.matcher(message);
        while (words.find()) {
            String name = words.group().replace('/', '.');
            String outer = name.substring(0, name.lastIndexOf('.'));
            if (isKnown(name) || (error instanceof NoClassDefFoundError && name.length() == message.length())) {
                names.add(name);
            } else if (isKnown(outer)) { // the name of a member
                names.add(outer);
            }
        }
        return names;
    }

    private String message() {
        try {
            return String.valueOf(error.getMessage());
        } catch (Throwable e) { // one that is not the JDK's own
            return "";
        }
    }

    private boolean isKnown(String name) {
        return !jars(name).isEmpty() || used(name) != null;
    }

    private List<String> jars(String name) {
        return folder.jarsWith(name);
    }

    private String first(String name) {
        return jars(name).get(0);
    }

    /** Returns the class that the plugin gets for a name, or null if it gets none. */
    private @Nullable Class<?> used(String name) {
        try {
            return Class.forName(name, false, folder.loader());
        } catch (ClassNotFoundException | LinkageError e) {
            return null;
        }
    }

    /** Returns the application's jar with a class of a name, or null if it has none. */
    private @Nullable String applications(String name) {
        try {
            return origin(Class.forName(name, false, folder.loader().getParent()));
        } catch (ClassNotFoundException | LinkageError e) {
            return null;
        }
    }

    private static String origin(Class<?> type) {
        return type.getProtectionDomain().getCodeSource() == null ? "the JDK" : FoundPlugin.origin(type);
    }

    /** Returns whether the plugin gets the folder's class of a name. */
    private boolean isUsed(String name) {
        Class<?> used = used(name);
        return used != null && used.getClassLoader() == folder.loader();
    }

    private @Nullable String caller() {
        for (StackTraceElement frame : ThrowableText.loggable(error).getStackTrace()) {
            if (isUsed(frame.getClassName())) {
                return frame.getClassName();
            }
        }
        return null;
    }
}
