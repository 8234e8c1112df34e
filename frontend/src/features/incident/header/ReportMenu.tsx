/** The whole postmortem to read, to download and to paste elsewhere. */
import { Button, Menu } from "@mantine/core";
import { problemFrom, unreachable } from "../../../api/problem";
import { copyText } from "../../../ui/copyText";
import { Icon } from "../../../ui/Icon";
import { say, sayProblem } from "../../../ui/toasts";
import { useIncident } from "../IncidentContext";
import { reportAddress } from "./reportAddress";

export function ReportMenu() {
  const { incident } = useIncident();
  const markdown = reportAddress(incident.key, "md");
  const copy = async () => {
    const response = await fetch(markdown).catch((cause: unknown) => {
      throw unreachable(cause);
    });
    if (!response.ok) throw problemFrom(response, null);
    const copied = await copyText(await response.text());
    say(copied ? "The report is copied as Markdown." : "Your browser did not allow copying.");
  };
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="subtle" color="gray" rightSection={<Icon name="chevronDown" size={14} />}>
          Report
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          component="a"
          href={reportAddress(incident.key, "html")}
          target="_blank"
          leftSection={<Icon name="external" />}
        >
          Read as one page
        </Menu.Item>
        <Menu.Item
          component="a"
          href={markdown}
          download={`${incident.key}.md`}
          leftSection={<Icon name="download" />}
        >
          Download Markdown
        </Menu.Item>
        <Menu.Item leftSection={<Icon name="copy" />} onClick={() => void copy().catch(sayProblem)}>
          Copy as Markdown
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
