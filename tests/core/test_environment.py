"""Settings: read in one place, and stopped at the start with a sentence that names the fault."""

import pytest

from upstander.config.calendar import closed_days
from upstander.config.env import Environment, SettingRefused, database, mail
from upstander.config.institution import institution


def test_an_unknown_setting_stops_the_start_and_is_named(capsys):
    with pytest.raises(SettingRefused):
        Environment.read({"UPSTANDER_SMPT_URL": "smtp://mail"})
    assert "UPSTANDER_SMPT_URL" in capsys.readouterr().err


def test_the_environment_wins_over_the_file(tmp_path):
    file = tmp_path / "settings"
    file.write_text("# the server's\nUPSTANDER_BASE_URL=http://a\nUPSTANDER_TIME_ZONE=UTC\n")
    read = Environment.read({"UPSTANDER_ENV_FILE": str(file), "UPSTANDER_BASE_URL": "http://b"})
    assert (read.text("BASE_URL"), read.text("TIME_ZONE")) == ("http://b", "UTC")


def test_a_misspelt_line_of_the_file_is_named_by_its_number(tmp_path, capsys):
    file = tmp_path / "settings"
    file.write_text("UPSTANDER_TIME_ZONE=UTC\nnonsense\n")
    with pytest.raises(SettingRefused):
        Environment.read({"UPSTANDER_ENV_FILE": str(file)})
    assert "line 2" in capsys.readouterr().err


@pytest.mark.parametrize("url", ["mysql://a/b", "postgres://host", "postgres:"])
def test_a_database_of_another_kind_is_refused(url, tmp_path):
    with pytest.raises(SettingRefused):
        database(url, tmp_path)


def test_a_database_url_with_odd_characters_in_the_password_is_read():
    assert database("postgres://u:p%40ss@db:5433/name", None)["PASSWORD"] == "p@ss"


def test_the_mail_url_says_how_tls_begins():
    assert mail("smtp+starttls://me:secret@relay", 4) == {
        "host": "relay", "port": 587, "username": "me", "password": "secret", "tls": "starttls",
        "connections": 4,
    }  # fmt: skip


def test_every_day_of_a_closed_week_is_closed(tmp_path):
    file = tmp_path / "closed.ics"
    file.write_text(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:test\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Winter\r\n"
        "DTSTART;VALUE=DATE:20261224\r\nDTEND;VALUE=DATE:20270102\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    days = sorted(closed_days(str(file)))
    assert (days[0].isoformat(), days[-1].isoformat(), len(days)) == ("2026-12-24", "2027-01-01", 9)


def test_a_repeating_event_is_refused_rather_than_guessed(tmp_path):
    file = tmp_path / "closed.ics"
    file.write_text(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:test\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Fridays\r\n"
        "DTSTART;VALUE=DATE:20261225\r\nRRULE:FREQ=WEEKLY\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    with pytest.raises(SettingRefused):
        closed_days(str(file))


@pytest.mark.parametrize("value", ["notaurl", "ftp://site", "https://", "http://site:99999", "https://site/path"])
def test_a_base_address_that_no_link_could_use_stops_the_start(value, capsys):
    with pytest.raises(SettingRefused):
        Environment({"BASE_URL": value}).web_address("BASE_URL", "")
    assert "UPSTANDER_BASE_URL" in capsys.readouterr().err


def test_a_base_address_is_kept_without_its_last_slash():
    assert Environment({"BASE_URL": "https://site:8443/"}).web_address("BASE_URL", "") == "https://site:8443"


def test_a_log_level_that_is_none_stops_the_start(capsys):
    with pytest.raises(SettingRefused):
        Environment({"LOG_LEVEL": "LOUD"}).one_of("LOG_LEVEL", ("INFO", "ERROR"), "INFO")
    assert "UPSTANDER_LOG_LEVEL" in capsys.readouterr().err


@pytest.mark.parametrize("value", ["nobody", "The Office <o@u.example>", "a@b.example, c@d.example"])
def test_a_sender_that_is_not_one_bare_address_stops_the_start(value, capsys):
    with pytest.raises(SettingRefused):
        Environment({"MAIL_FROM": value}).address("MAIL_FROM", "")
    assert "UPSTANDER_MAIL_FROM" in capsys.readouterr().err


def test_a_port_that_cannot_be_meant_stops_the_start_and_names_its_setting(tmp_path, capsys):
    for read in (lambda: mail("smtp://relay:99999999", 3), lambda: database("postgres://h:port/name", tmp_path)):
        with pytest.raises(SettingRefused):
            read()
    said = capsys.readouterr().err
    assert "UPSTANDER_SMTP_URL" in said
    assert "UPSTANDER_DATABASE_URL" in said


def test_an_institution_file_without_an_office_is_refused_by_what_it_lacks(tmp_path, capsys):
    file = tmp_path / "ours.toml"
    file.write_text('name = "The University"\n[office]\nphone = "1"\n')
    with pytest.raises(SettingRefused):
        institution(file)
    assert "office.email, office.en.name, office.en.hours" in capsys.readouterr().err
