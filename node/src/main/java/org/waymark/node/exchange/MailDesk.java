// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import java.util.List;
import java.util.UUID;
import org.waymark.node.account.Access;
import org.waymark.node.account.Right;
import org.waymark.node.mail.Letter;
import org.waymark.node.mail.Mail;
import org.waymark.node.mail.MailAddress;
import org.waymark.node.mail.Post;
import org.waymark.node.mail.Sending;
import org.waymark.node.page.Page;
import org.waymark.node.page.Pages;
import org.waymark.node.privacy.Acting;

/// What became of an organisation's mail, for its staff.
public final class MailDesk {

    private final Mail mail;
    private final Access access;
    private final Pages pages;

    public MailDesk(Mail mail, Access access, Pages pages) {
        this.mail = mail;
        this.access = access;
        this.pages = pages;
    }

    /// Whether this node sends mail; anybody may know.
    public boolean isOn() {
        return mail.isOn();
    }

    public Mail.Standing standing(Acting acting) {
        access.require(acting, Right.SEE_PARTNERS);
        return mail.standing();
    }

    /// What the organisation sent and was given up, the newest first.
    public List<Post> failed(Acting acting) {
        access.require(acting, Right.SEE_PARTNERS);
        return mail.failed(acting.organization().value());
    }

    /// Tries all of it again.
    public void sendAgain(Acting acting) {
        access.require(acting, Right.SEE_PARTNERS);
        mail.sendAgain(acting.organization().value());
    }

    /// Takes one off the list, because it was told by phone or does not matter any more.
    public void forget(Acting acting, UUID post) {
        access.require(acting, Right.SEE_PARTNERS);
        mail.forget(acting.organization().value(), post);
    }

    /// Sends a mail that says nothing, now, to see whether the settings are right.
    public Sending tryOut(Acting acting, MailAddress to) {
        access.require(acting, Right.MANAGE_ORGANIZATION);
        Page page = pages.open(pages.languages().list().getFirst(), "");
        var letter =
                Letter.in(page)
                        .subject("mail.test.subject", page.imprint().name())
                        .say("mail.test.body", page.imprint().name())
                        .write();
        return mail.tryOut(to, letter);
    }
}
