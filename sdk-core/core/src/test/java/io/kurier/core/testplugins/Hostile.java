// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.testplugins;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Lets a test say at which place plugins, reporters and interceptors fail, and how. */
public final class Hostile {
    private static volatile @Nullable String place;
    private static volatile Thrown thrown = Thrown.OWN_ERROR;
    private static final AtomicInteger SOUND = new AtomicInteger();

    private Hostile() {}

    /** From now on the place fails. */
    public static void arm(String failing, Thrown with) {
        arm(failing, with, 0);
    }

    /**
     * Likewise, later.
     *
     * @param sound how often the place is sound before
     */
    public static void arm(String failing, Thrown with, int sound) {
        thrown = with;
        SOUND.set(sound);
        place = failing;
    }

    /** No place fails any more. */
    public static void disarm() {
        place = null;
    }

    /** Called at a place: throws what is armed there, or tells that null is to be returned. */
    public static boolean at(String here) {
        if (!here.equals(place) || SOUND.getAndDecrement() > 0) {
            return false;
        }
        if (thrown == Thrown.RETURNS_NULL) {
            return true;
        }
        throw thrown.sneak();
    }
}
