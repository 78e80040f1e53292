// SPDX-License-Identifier: Apache-2.0
/** The application: services that get the topics they publish to, and the wiring of all of it in one line. */
package com.example.shop.app;
