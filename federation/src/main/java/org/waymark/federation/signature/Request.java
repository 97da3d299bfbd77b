// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.signature;

/// A request as it came in, before anybody believed it.
///
/// @param method in capitals, as on the request line
/// @param target path and query exactly as on the request line: decoded once, it verifies no more
/// @param headers all lines
/// @param body the bytes received, empty when there was none; not copied, so do not change them
@SuppressWarnings("ArrayRecordComponent") // bytes of one request, never compared
public record Request(String method, String target, Headers headers, byte[] body) {}
