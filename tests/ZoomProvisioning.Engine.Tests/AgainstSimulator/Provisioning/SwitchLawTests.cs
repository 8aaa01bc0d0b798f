using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Runs;

namespace ZoomProvisioning.Engine.Tests.AgainstSimulator.Provisioning;

/// <summary>
/// Under every position of every switch of the simulator: the third run over equal input writes nothing, a run is done exactly when
/// Zoom is as the source says, and nobody loses what nobody took.
/// </summary>
public class SwitchLawTests
{
    /// <summary>Every position but the first one, which is the usual one.</summary>
    private static readonly string[] Positions =
    [
        """{"sso":"off"}""",
        """{"permissions":"User:Read Group:Read Group:Edit"}""",
        """{"permissions":"User:Read User:Edit"}""",
        """{"ids":"hostile"}""",
        """{"scopes":"user:read"}""",
        """{"token_scope_field":"absent"}""",
        """{"token_lifetime_seconds":60}""",
        """{"old_tokens":"revoked"}""",
        """{"token_query_params":"reject"}""",
        """{"token_json_body":"ok"}""",
        """{"invalid_client_status":401}""",
        """{"app":"not-activated"}""",
        """{"app":"disabled"}""",
        """{"app":"invalid-token"}""",
        """{"app":"invalid-grant"}""",
        """{"other_grants":"accepted"}""",
        """{"no_token_reply":"400-4700"}""",
        """{"no_token_reply":"401-4700"}""",
        """{"invalid_token_reply":"status-false","old_tokens":"revoked"}""",
        """{"api_url":"https://api-eu.zoom.us"}""",
        """{"missing_scope_reply":"400-4700"}""",
        """{"missing_scope_reply":"400-104"}""",
        """{"missing_scope_reply":"401-4711"}""",
        """{"scim_json_content_type":"rejected"}""",
        """{"body_errors":"v2"}""",
        """{"status_field":"string"}""",
        """{"count_default":100}""",
        """{"count_above_max":"400"}""",
        """{"filter_quotes":"unquoted-only"}""",
        """{"filter_quotes":"quoted-only"}""",
        """{"pending_filter_status":404}""",
        """{"list_includes_roles":"empty-object"}""",
        """{"get_roles_groups_shape":"array"}""",
        """{"title_locale_in_get":"yes"}""",
        """{"user_type_returned":"no"}""",
        """{"phone_work_returned_as":"office"}""",
        """{"plan_codes_as":"number"}""",
        """{"eventual_consistency_reads":1}""",
        """{"eventual_consistency_reads":3}""",
        """{"duplicate_status":"409"}""",
        """{"domain_text":"managed"}""",
        """{"post_emails":"applied"}""",
        """{"post_put_only":"applied"}""",
        """{"refused_user_types":"Licensed"}""",
        """{"put_userName":"applied"}""",
        """{"email_change":"administrator-only"}""",
        """{"admin_email_text":"v2","email_change":"administrator-only"}""",
        """{"on_prem":"disabled"}""",
        """{"forbidden_words":"Smith"}""",
        """{"phone_limit":1}""",
        """{"unknown_group":"created"}""",
        """{"put_semantics":"replace"}""",
        """{"put_arrays":"merge"}""",
        """{"put_empty_string":"ignored"}""",
        """{"put_null":"clears"}""",
        """{"put_names":"only-if-empty"}""",
        """{"put_displayName":"ignored"}""",
        """{"put_active":"ignored"}""",
        """{"put_active_on_inactive":"reactivates"}""",
        """{"patch_schemas":"documented-only"}""",
        """{"patch_op_case":"any"}""",
        """{"patch_active_text":"accepted"}""",
        """{"delete_means":"disassociate"}""",
        """{"delete_lock_ms":60000}""",
        """{"deactivate_userType":"unchanged"}""",
        """{"plan_zero":"removes"}""",
        """{"user_type_with_plan":"rejected"}""",
        """{"unknown_manager":"stored"}""",
        """{"duplicate_employee_number":"ignored"}""",
        """{"group_rename_conflict":409}""",
        """{"unknown_member":"400"}""",
        """{"unknown_member":"404"}""",
        """{"inactive_member":"ignored"}""",
        """{"members_per_patch":1}""",
        """{"max_groups":1}""",
        """{"v2_group_members":"off"}""",
        """{"rate_plan":"business"}""",
        """{"rate_plan":"pro"}""",
        """{"rate_plan":"free"}""",
        """{"rate_plan":"legacy"}""",
        """{"rate_plan":"ample"}""",
        """{"daily_limit":10,"rate_plan":"business"}""",
        """{"rate_headers":"off","rate_plan":"business"}""",
        """{"retry_after":"none","rate_plan":"business"}""",
        """{"retry_after":"iso","rate_plan":"business"}""",
        """{"retry_after":"seconds","rate_plan":"business"}""",
        """{"retry_after":"http-date","rate_plan":"business"}""",
        """{"rate_envelope":"scim","rate_plan":"business"}""",
        """{"latency_ms":50}""",
        """{"activation_without_seat":409}""",
    ];

    public static TheoryData<string> All => [.. Positions];

    [Fact]
    public void Every_switch_is_tried()
    {
        using var tenant = new RuleTenant();
        var tried = Positions.SelectMany(p => JsonNode.Parse(p)!.AsObject()).Select(p => p.Key).ToHashSet(StringComparer.Ordinal);
        // Where the API begins, a client is told.
        Assert.Equal(["base_path"], tenant.Zoom.Behaviours.Keys.Where(k => !tried.Contains(k)));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task The_third_run_writes_nothing_and_done_is_done(string behaviour)
    {
        using var tenant = new RuleTenant();
        foreach (var number in Enumerable.Range(0, 4))
        {
            await tenant.Users.CreateAsync(new ScimObject
            {
                ["schemas"] = new System.Collections.ArrayList { ScimSchemas.User },
                ["userName"] = $"person{number}@example.com",
                ["name"] = new ScimObject { ["givenName"] = "Jill", ["familyName"] = "Old" },
                ["userType"] = number % 2 == 0 ? "Licensed" : "Basic",
            }, ScimCall.None);
        }

        tenant.Zoom.PatchBehaviour(behaviour);
        var told = new List<string>();
        foreach (var source in Sources())
        {
            ProvisioningRun? last = null;
            for (var round = 0; round < 3; round++)
            {
                tenant.Forget();
                try
                {
                    last = await tenant.RunAsync(source);
                    told.Add($"{last.Outcome}: {last} {last.StoppedBecause}\n  " + string.Join("\n  ", last.Attention));
                }
                catch (ScimException exception)
                {
                    last = null;
                    told.Add($"{exception.ErrorId} {exception.Message}");
                }

                var differences = Differences(tenant, source);
                Assert.True(last?.Outcome != RunOutcome.Done || differences.Length == 0, $"Done, and yet {differences}\n{string.Join("\n", told)}");
                if (round == 2)
                {
                    // A PUT that replaces ends every run at its first update, and the next one tries again what that took.
                    var writes = tenant.Zoom.Behaviours["put_semantics"] is "replace"
                        ? string.Empty
                        : string.Join("\n", tenant.Writes.Where(w => w.Status < 300).Select(w => $"{w.Method} {w.Path} {w.Body} {w.Status}"));
                    var isRight = differences.Length == 0 && last?.Outcome != RunOutcome.Done
                        ? "everybody is as the source says, and yet it is not done"
                        : string.Empty;
                    Assert.True(writes.Length == 0 && isRight.Length == 0, $"{behaviour} {isRight}\n{writes}\n{differences}\n{string.Join("\n", told)}");
                }
            }
        }
    }

    /// <summary>What becomes of a small directory, each list of which is run three times.</summary>
    private static IEnumerable<SourceSnapshot> Sources()
    {
        var people = Enumerable.Range(0, 12).Select(i => new Person(i, $"person{i}")
        {
            Type = i % 2 == 0 ? "Licensed" : "Basic",
            Department = i % 3 == 0 ? "Sales" : "Legal",
            Phone = i % 4 == 0 ? null : $"+1 51255501{i:00}",
            Mobile = i % 4 == 1 ? $"+1 51255502{i:00}" : null,
            Group = i % 2 == 0 ? "Sales" : "Research",
        }).ToList();
        yield return Of(people);

        var before = people.ToList();
        people[1] = people[1] with { Name = "wed", Family = "Smith" };
        people[2] = people[2] with { Department = "Moved", Title = "Chief" };
        people[3] = people[3] with { Active = false };
        people[4] = people[4] with { Type = "Basic" };
        people[5] = people[5] with { Type = "Licensed", Phone = "+1 5125550199" };
        people[6] = people[6] with { Group = "Research" };
        people.RemoveAt(10);
        people.Add(new Person(12, "joiner"));
        yield return Of(people);

        // The one who had left is back, and so is the one who was on leave.
        before[1] = people[1];
        yield return Of([.. before, people[^1]]);
    }

    private static SourceSnapshot Of(IEnumerable<Person> people) => RuleTenant.Source([.. people.Select(p => p.Desired())]);

    /// <summary>In what Zoom is not as a list says, in words; of who is not active nobody asks more than that.</summary>
    private static string Differences(RuleTenant tenant, SourceSnapshot source)
    {
        var users = JsonNode.Parse(tenant.Zoom.ExportState())!["users"]!.AsArray().Select(u => u!.AsObject())
            .Where(u => u["userName"]!.GetValue<string>() is not ("owner@example.com" or "admin@example.com"))
            .ToDictionary(u => u["userName"]!.GetValue<string>(), StringComparer.OrdinalIgnoreCase);
        var found = new List<string>();
        foreach (var person in source.People)
        {
            var wanted = person.Values;
            if (!users.Remove(wanted.UserName!, out var user))
            {
                found.Add($"{wanted.UserName} is not there");
                continue;
            }

            var has = new ScimUser((ScimObject)Plain(user)!, UserDetail.Read);
            if (has.Active != wanted.Active)
            {
                found.Add($"{has.UserName} active {has.Active}");
            }
            else if (has.Active == true)
            {
                found.AddRange(ZoomAttributes.All.Where(a => a.Get(wanted) is not null && !a.IsAddress
                    && a != ZoomAttributes.Roles && !a.AreEqual(a.Get(has), a.Get(wanted)))
                    .Select(a => $"{has.UserName} {a.Name} {ZoomAttribute.Display(a.Get(has))} is not {ZoomAttribute.Display(a.Get(wanted))}"));
                var groups = user["groups"]?.AsArray().Select(g => g!["display"]!.GetValue<string>()).Where(g => g != "Everyone").ToList() ?? [];
                if (!groups.SequenceEqual(person.Groups))
                {
                    found.Add($"{has.UserName} is in {string.Join(", ", groups)} and not in {string.Join(", ", person.Groups)}");
                }
            }
        }

        found.AddRange(users.Values.Where(u => u["active"]!.GetValue<bool>()).Select(u => $"{u["userName"]} has left and is active"));
        return string.Join("; ", found);
    }

    private static object? Plain(JsonNode? node) => node switch
    {
        JsonObject o => o.Aggregate(new ScimObject(), (to, p) =>
        {
            to[p.Key] = Plain(p.Value);
            return to;
        }),
        JsonArray a => new System.Collections.ArrayList(a.Select(Plain).ToArray()),
        JsonValue v when v.TryGetValue<bool>(out var flag) => flag,
        JsonValue v when v.TryGetValue<string>(out var text) => text,
        _ => node?.ToString(),
    };

    private sealed record Person(int Who, string Name)
    {
        public string Family { get; init; } = "Jones";

        public bool Active { get; init; } = true;

        public string Type { get; init; } = "Basic";

        public string Department { get; init; } = "Sales";

        public string Title { get; init; } = "Clerk";

        public string? Phone { get; init; }

        public string? Mobile { get; init; }

        public string Group { get; init; } = "Sales";

        public DesiredUser Desired() => RuleTenant.Person(Name, u =>
        {
            (u.FamilyName, u.UserType, u.Active, u.Department, u.Title) = (Family, Type, Active, Department, Title);
            u.EmployeeNumber = $"E{Who}";
            if (Phone is not null)
            {
                u.Phone = Phone;
            }

            if (Mobile is not null)
            {
                u.MobilePhone = Mobile;
            }
        }, anchor: $"E{Who}", groups: [Group]);
    }
}
