using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;

namespace ZoomProvisioning.Simulator.State;

/// <summary>Makes the tenant a simulator begins with. The same number of users always gives the same tenant.</summary>
internal static class Seeder
{
    private const int MostBasicUsers = 4_000;
    private const int SpareSeats = 10_000;

    private static readonly DateTimeOffset FirstDay = new(2023, 11, 24, 5, 13, 15, TimeSpan.Zero);

    public static Tenant Create(int seedUsers)
    {
        var tenant = new Tenant(Account.Default());
        tenant.Pending.Add("pending@example.com");
        tenant.Foreign.Add("foreign@example.com");
        var everyone = AddGroup(tenant, "Everyone");
        tenant.Account.DefaultGroupId = everyone.Id;
        tenant.Add(Person(tenant, "owner@example.com", "Olivia", "Owner", everyone, 0) with { RoleNames = [Roles.Owner], UserType = UserTypes.Licensed });
        tenant.Add(Person(tenant, "admin@example.com", "Adam", "Admin", everyone, 1) with { RoleNames = [Roles.Admin], UserType = UserTypes.Licensed });
        if (seedUsers > 0)
        {
            AddMembers(tenant, seedUsers);
        }

        return tenant;
    }

    /// <summary>Adds so many members, passing over those whose address is taken already.</summary>
    public static void AddMembers(Tenant tenant, int count)
    {
        var groups = Names.Departments.Select(name => tenant.FindGroupByName(name) ?? AddGroup(tenant, name)).ToArray();
        var existing = tenant.AllUsers();
        var basic = existing.Count(user => user is { Active: true, UserType: UserTypes.Basic });
        var paid = existing.Count(user => user.Active && UserTypes.IsPaid(user.UserType));
        for (int number = 0, added = 0; added < count; number++)
        {
            var address = AddressOf(number);
            if (tenant.IsTaken(address))
            {
                continue;
            }

            var member = Member(tenant, number, address, groups[number % groups.Length]);
            if (member is { Active: true, UserType: UserTypes.Basic } && ++basic > MostBasicUsers)
            {
                // An account holds 9,999 Basic users at most; a big one is mostly licensed.
                member = member with { UserType = UserTypes.Licensed };
            }

            paid += UserTypes.IsPaid(member.UserType) ? 1 : 0;
            tenant.Add(member);
            added++;
        }

        tenant.Account.PaidSeats = Math.Max(tenant.Account.PaidSeats, paid + SpareSeats);
    }

    private static string AddressOf(int number)
    {
        var domain = (number % 5) switch
        {
            3 => "example.org",
            4 => "emea.example.com",
            _ => "example.com",
        };
        return Names.Person(number).Address + "@" + domain;
    }

    private static UserRecord Member(Tenant tenant, int number, string address, GroupRecord group)
    {
        var (given, family, _) = Names.Person(number);
        var isActive = number % 17 != 16;
        var digits = (number % 100).ToString("00", CultureInfo.InvariantCulture);
        return Person(tenant, address, given, family, group, number + 2) with
        {
            Active = isActive,
            UserType = isActive ? TypeOf(number) : UserTypes.Basic,
            Title = Names.JobTitles[number % Names.JobTitles.Length],
            Locale = Names.Locations[number % Names.Locations.Length],
            PhoneNumbers = number % 3 == 0 ? [] : [new PhoneNumber("work", Names.PhonePrefixes[number % Names.PhonePrefixes.Length] + "01" + digits)],
            Department = group.DisplayName,
            Organization = "Example",
            CostCenter = "US" + (number % 20).ToString("00", CultureInfo.InvariantCulture),
            EmployeeNumber = (100_000 + number).ToString(CultureInfo.InvariantCulture),
            Manager = "owner@example.com",
            Extension = isActive && number % 10 == 5
                ? new Dictionary<string, JsonElement>(StringComparer.Ordinal) { [ExtensionAttributes.Whiteboard] = JsonSerializer.SerializeToElement(true) }
                : UserRecord.NoExtension,
        };
    }

    private static string TypeOf(int number) => (number % 10) switch
    {
        0 or 1 or 2 => UserTypes.Basic,
        3 => UserTypes.OnPrem,
        4 => UserTypes.Collaboration,
        _ => UserTypes.Licensed,
    };

    private static UserRecord Person(Tenant tenant, string address, string given, string family, GroupRecord group, int minutes) => new()
    {
        Id = tenant.NewId("user"),
        UserName = address,
        GivenName = given,
        FamilyName = family,
        DisplayName = given + " " + family,
        Groups = [group],
        Created = FirstDay.AddMinutes(minutes),
        LastModified = FirstDay.AddMinutes(minutes),
    };

    private static GroupRecord AddGroup(Tenant tenant, string name)
    {
        var group = new GroupRecord(tenant.NewId("group")) { DisplayName = name, Created = FirstDay, LastModified = FirstDay };
        tenant.AddGroup(group);
        return group;
    }
}
