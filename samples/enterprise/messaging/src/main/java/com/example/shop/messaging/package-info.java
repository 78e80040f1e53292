// SPDX-License-Identifier: Apache-2.0
/** What the shop publishes, and how: a Guice module for each publisher, and one that adapts them to an environment. */
package com.example.shop.messaging;
