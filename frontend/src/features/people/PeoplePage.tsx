/** Who may sign in, and what each may do. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { mayAdminister, useMe } from "../../domain/me";
import { usersQuery } from "../../domain/people";
import { Icon } from "../../ui/Icon";
import { Loaded } from "../../ui/Loaded";
import { PageHeader } from "../../ui/PageHeader";
import { ReasonedButton } from "../../ui/ReasonedButton";
import { AddPerson } from "./AddPerson";
import styles from "./PeoplePage.module.css";
import { PersonRow } from "./PersonRow";

export function PeoplePage() {
  const users = useQuery(usersQuery);
  const { reason } = mayAdminister(useMe());
  const [adding, setAdding] = useState(false);
  return (
    <>
      <PageHeader
        title="People"
        lead="Everybody who may sign in. People who left stay here, so that what they told keeps its name."
        actions={
          <ReasonedButton
            leftSection={<Icon name="plus" />}
            reason={reason}
            onClick={() => setAdding(true)}
          >
            Add a person
          </ReasonedButton>
        }
      />
      <Loaded query={users} label="Loading people">
        {(people) => (
          <ul className={styles.people}>
            {people.map((person) => (
              <PersonRow key={person.id} person={person} reason={reason} />
            ))}
          </ul>
        )}
      </Loaded>
      {adding && <AddPerson onClose={() => setAdding(false)} />}
    </>
  );
}
