// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.mail;

import jakarta.activation.DataHandler;
import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.util.ByteArrayDataSource;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;

/// Brings letters to one SMTP server, a connection for each. What the server says in words is
/// dropped: it may hold an address.
final class SmtpPostman implements Postman {

    // 10 s to connect, 60 s for an answer: servers that look senders up are slow on purpose.
    private static final String CONNECT_MILLIS = "10000";
    private static final String ANSWER_MILLIS = "60000";
    private static final int CLOSING_DOWN = 421;
    private static final int PERMANENT = 500;
    private static final int SIGN_IN_FIRST = 530;

    private final MailSettings settings;
    private final String host;
    private final Clock clock;

    SmtpPostman(MailSettings settings, String host, Clock clock) {
        this.settings = settings;
        this.host = host;
        this.clock = clock;
    }

    @Override
    public Sending send(Post post, Supplier<Optional<Letter>> letter) {
        Session session;
        try {
            session = Session.getInstance(properties());
        } catch (UnusableCertificateException e) {
            return new Sending.NoServer("mail-certificate-unusable");
        }
        try {
            var transport = session.getTransport("smtp");
            try {
                transport.connect(
                        settings.host().orElseThrow(),
                        settings.port(),
                        settings.user().orElse(null),
                        settings.password().orElse(null));
                var written = letter.get();
                return written.isEmpty()
                        ? new Sending.Dropped()
                        : send(transport, session, post, written.get());
            } finally {
                close(transport);
            }
        } catch (AuthenticationFailedException e) {
            return new Sending.NoServer("mail-sign-in-refused");
        } catch (MessagingException e) {
            return new Sending.NoServer(trouble(e));
        }
    }

    private static void close(Transport transport) {
        try {
            transport.close();
        } catch (MessagingException _) {
            // The server has answered already, and what it said holds without a goodbye.
        }
    }

    private Sending send(Transport transport, Session session, Post post, Letter letter)
            throws MessagingException {
        var to = new Address[] {new InternetAddress(post.to().text(), false)};
        var message = message(session, post, letter);
        try {
            transport.sendMessage(message, to);
            return new Sending.Sent();
        } catch (MessagingException e) {
            return refusal(e);
        }
    }

    private MimeMessage message(Session session, Post post, Letter letter)
            throws MessagingException {
        // The same for every attempt, so that a server which got it twice can tell.
        var id = "<" + post.id() + "@" + host + ">";
        var message =
                new MimeMessage(session) {
                    @Override
                    protected void updateMessageID() throws MessagingException {
                        setHeader("Message-ID", id);
                    }
                };
        message.setFrom(new InternetAddress(settings.from().orElseThrow().text(), false));
        message.setRecipient(
                Message.RecipientType.TO, new InternetAddress(post.to().text(), false));
        message.setSubject(letter.subject(), StandardCharsets.UTF_8.name());
        message.setSentDate(Date.from(clock.instant()));
        message.setDataHandler(
                new DataHandler(
                        new ByteArrayDataSource(
                                letter.body().getBytes(StandardCharsets.UTF_8),
                                "text/plain; charset=utf-8")));
        message.setHeader("Content-Language", letter.language().tag());
        // No holiday notes back, RFC 3834.
        message.setHeader("Auto-Submitted", "auto-generated");
        if (letter.stop().isPresent()) {
            message.setHeader("List-Unsubscribe", "<" + letter.stop().get() + ">");
            message.setHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }
        message.saveChanges();
        return message;
    }

    /// What the server's answer to a letter means. 4xx: again later; 5xx: never. What it has
    /// against the sender is no fault of the letter.
    private static Sending refusal(MessagingException thrown) {
        for (var it : chain(thrown)) {
            var code =
                    switch (it) {
                        case SMTPAddressFailedException failed -> failed.getReturnCode();
                        case SMTPSenderFailedException failed -> failed.getReturnCode();
                        case SMTPSendFailedException failed -> failed.getReturnCode();
                        default -> -1;
                    };
            if (code == CLOSING_DOWN) {
                return new Sending.NoServer("mail-server-busy");
            }
            if (it instanceof SMTPSenderFailedException && code >= PERMANENT) {
                return new Sending.NoServer("mail-sender-refused");
            }
            if (it instanceof SMTPAddressFailedException && isAboutUs(code, it)) {
                return new Sending.NoServer("mail-sender-refused");
            }
            if (it instanceof SMTPAddressFailedException && code > 0) {
                return code >= PERMANENT
                        ? new Sending.Refused("mail-address-refused")
                        : new Sending.Later("mail-address-later");
            }
            if (it instanceof SMTPSendFailedException failed
                    && code > 0
                    && !(failed.getNextException() instanceof MessagingException)) {
                return said(failed.getCommand(), code);
            }
        }
        return new Sending.NoServer("mail-connection-lost");
    }

    /// A server that takes nothing for others from us says so about each mailbox. The rest of 5.7.x
    /// is what one mailbox alone may say.
    private static boolean isAboutUs(int code, MessagingException thrown) {
        var words = String.valueOf(thrown.getMessage()).toLowerCase(Locale.ROOT);
        return code == SIGN_IN_FIRST
                || code >= PERMANENT && (words.contains("relay") || words.contains("rcpthosts"));
    }

    private static Sending said(String command, int code) {
        if (code < PERMANENT) {
            return new Sending.Later("mail-later");
        }
        return command.startsWith("MAIL")
                ? new Sending.NoServer("mail-sender-refused")
                : new Sending.Refused("mail-refused");
    }

    private static List<MessagingException> chain(MessagingException thrown) {
        var chain = new ArrayList<MessagingException>();
        var it = thrown;
        while (true) {
            chain.add(it);
            if (!(it.getNextException() instanceof MessagingException next)) {
                return chain;
            }
            it = next;
        }
    }

    private static String trouble(MessagingException thrown) {
        for (Throwable it = thrown; it != null; it = it.getCause()) {
            if (it instanceof SSLException) {
                return "mail-tls-failed";
            }
        }
        return String.valueOf(thrown.getMessage()).contains("STARTTLS")
                ? "mail-tls-missing"
                : "mail-server-unreachable";
    }

    private Properties properties() {
        var all = new Properties();
        var tls = settings.tls();
        all.put("mail.smtp.localhost", host);
        all.put("mail.smtp.from", settings.from().orElseThrow().text());
        all.put("mail.smtp.auth", String.valueOf(settings.user().isPresent()));
        all.put("mail.smtp.auth.mechanisms", "PLAIN LOGIN");
        all.put("mail.smtp.connectiontimeout", CONNECT_MILLIS);
        all.put("mail.smtp.timeout", ANSWER_MILLIS);
        all.put("mail.smtp.writetimeout", ANSWER_MILLIS);
        all.put("mail.smtp.quitwait", "false");
        all.put("mail.smtp.ssl.enable", String.valueOf(tls == MailSettings.Tls.IMPLICIT));
        all.put("mail.smtp.starttls.enable", String.valueOf(tls == MailSettings.Tls.STARTTLS));
        all.put("mail.smtp.starttls.required", String.valueOf(tls == MailSettings.Tls.STARTTLS));
        all.put("mail.smtp.ssl.checkserveridentity", "true");
        all.put("mail.smtp.ssl.protocols", "TLSv1.3 TLSv1.2");
        settings.certificate()
                .map(Certificates::onlyThese)
                .ifPresent(it -> all.put("mail.smtp.ssl.socketFactory", it));
        return all;
    }
}
