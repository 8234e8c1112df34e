"""How to set a webhook up in Zabbix: a media type with parameters and a script."""

from secondstory.alerts.formats.contract import Guide

GUIDE = Guide(
    proof="the key in the address",
    identifier="`{EVENT.ID}` of the problem, which its recovery repeats; else `{TRIGGER.ID}`; "
    "else name and host",
    lifecycle="`{EVENT.VALUE}` 1 opens, 0 ends; updates acknowledge, unacknowledge, or are news",
    severities="`{EVENT.SEVERITY}`: Disaster, High, Average, Warning, Information; Not classified "
    "gets the severity of the source",
    steps="""\
1. In Zabbix open **Alerts → Media types → Import** and choose a file with the text below.
2. Open **Users → your user → Media**, add the media type *Second Story*, with anything in
   **Send to**.
3. Under **Alerts → Actions → Trigger actions** let an action send to this user: in **Operations**,
   **Recovery operations** and **Update operations**.
4. **Test** of the media type sends macros as they are: the delivery shows up here and opens
   nothing.

Without a media type, a connector (**Administration → General → Connectors**, Zabbix 6.4 and newer)
with the data type *Events* and the URL `{address}` sends problems and recoveries too.
""",
    snippet="""\
zabbix_export:
  version: '6.0'
  media_types:
    - name: 'Second Story'
      type: WEBHOOK
      parameters:
        - {name: address, value: '{address}'}
        - {name: event_id, value: '{EVENT.ID}'}
        - {name: event_name, value: '{EVENT.NAME}'}
        - {name: event_value, value: '{EVENT.VALUE}'}
        - {name: event_severity, value: '{EVENT.SEVERITY}'}
        - {name: event_ack, value: '{EVENT.ACK.STATUS}'}
        - {name: event_update_status, value: '{EVENT.UPDATE.STATUS}'}
        - {name: event_update_action, value: '{EVENT.UPDATE.ACTION}'}
        - {name: event_timestamp, value: '{EVENT.TIMESTAMP}'}
        - {name: event_recovery_timestamp, value: '{EVENT.RECOVERY.TIMESTAMP}'}
        - {name: event_update_timestamp, value: '{EVENT.UPDATE.TIMESTAMP}'}
        - {name: event_opdata, value: '{EVENT.OPDATA}'}
        - {name: trigger_id, value: '{TRIGGER.ID}'}
        - {name: host, value: '{HOST.HOST}'}
        - {name: host_ip, value: '{HOST.IP}'}
        - {name: alert_message, value: '{ALERT.MESSAGE}'}
        - {name: zabbix_url, value: '{$ZABBIX.URL}'}
      script: |
        var fields = JSON.parse(value), address = fields.address, request = new HttpRequest();
        delete fields.address;
        request.addHeader('Content-Type: application/json');
        request.post(address, JSON.stringify(fields));
        if (request.getStatus() !== 202) {
          throw 'Second Story answered ' + request.getStatus();
        }
        return 'OK';
      message_templates:
        - {event_source: TRIGGERS, operation_mode: PROBLEM, message: '{TRIGGER.DESCRIPTION}'}
        - {event_source: TRIGGERS, operation_mode: RECOVERY, message: 'Duration: {EVENT.DURATION}'}
        - {event_source: TRIGGERS, operation_mode: UPDATE, message: '{EVENT.UPDATE.MESSAGE}'}
""",
    language="yaml",
)
