// SPDX-License-Identifier: Apache-2.0
/// Who said it: signatures of requests, proofs on objects, digests and the keys behind them.
///
/// It opens no socket and looks no key up: whoever asks brings the key. It never answers whether
/// the signer may do what it says; that is the trust package.
@NullMarked
package org.waymark.federation.signature;

import org.jspecify.annotations.NullMarked;
