--liquibase formatted sql
--changeset peer:0410

-- What one of our organisations and one partner organisation agreed: copies of listings each way,
-- and, once both have signed, referrals. The signed documents are kept as they were signed.
CREATE TABLE agreement (
    id ${uuid} NOT NULL PRIMARY KEY,
    organization ${uuid} NOT NULL,
    partner ${uri} NOT NULL,
    peer_id ${uuid} NOT NULL,
    partner_name VARCHAR(500) NOT NULL,
    their_follow ${uri},
    our_follow ${uri},
    copies VARCHAR(10) NOT NULL,
    state VARCHAR(10) NOT NULL,
    document ${uri},
    offer ${uri},
    our_document ${text},
    their_document ${text},
    signed_by ${uuid},
    in_force_since BIGINT,
    ends_on VARCHAR(10),
    pinned_signer VARCHAR(60),
    pinned_key VARCHAR(60),
    changed_key VARCHAR(60),
    changed_at BIGINT NOT NULL,
    UNIQUE (organization, partner)
);
CREATE INDEX agreement_partner ON agreement (partner);
CREATE INDEX agreement_peer ON agreement (peer_id);

-- Whom a partner may phone at an organisation here. Never public; it travels inside the agreement.
CREATE TABLE focal_point (
    organization ${uuid} NOT NULL,
    duty VARCHAR(20) NOT NULL,
    role VARCHAR(200) NOT NULL,
    phone VARCHAR(50) NOT NULL,
    hours VARCHAR(200) NOT NULL,
    languages VARCHAR(200) NOT NULL,
    checked_on VARCHAR(10) NOT NULL,
    PRIMARY KEY (organization, duty)
);
