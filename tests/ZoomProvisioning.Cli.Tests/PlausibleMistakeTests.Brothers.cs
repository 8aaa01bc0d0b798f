using System;

namespace ZoomProvisioning.Cli.Tests;

/// <content>The same mistakes in other clothes.</content>
public partial class PlausibleMistakeTests
{
    private static readonly (string Name, string Rule, Action<Sheet> Spoil, int Exit, string Says)[] Brothers =
    [
        // A changed key (findings D1).
        ("two numbers exchanged", ByNumber, s => s.Swap(4, 9, "EmpId"), 3, "look at (blocked)"),
        ("two addresses exchanged", ByNumber, s => s.Swap(4, 9, "UserName"), 3, "look at (blocked)"),
        ("a number of a leaver given on", ByNumber, s => s.Replace(7, "EmpId", "new.hire@example.com", "Nora", "Newman"), 4, "held"),
        ("numbers given a letter", ByNumber, s => s.Column("EmpId", (_, v) => "P" + v), 4, "Whether this is still the same person has to be approved"),
        (
            "numbers separated by thousands",
            ByNumber,
            s => s.Column("EmpId", (_, v) => $"\"{v[..1]},{v[1..]}\""),
            4,
            "Whether this is still the same person has to be approved"),
        ("numbers all the same", ByNumber, s => s.Column("EmpId", (_, _) => "1000"), 3, "look at (blocked)"),
        ("number column gone", ByNumber, s => s.Drop("EmpId"), 4, "'EmpId'"),
        ("addresses emptied", ByNumber, s => s.Column("UserName", (_, _) => ""), 3, "no user name or mail address"),
        ("addresses of one department emptied", ByAddress, s => s.Column("UserName", (i, v) => i % 2 == 0 ? "" : v), 3, "no user name or mail address"),
        ("address column gone", ByAddress, s => s.Drop("UserName"), 3, "no user name or mail address"),
        (
            "one domain of two misspelt",
            ByNumber,
            s => s.Column("UserName", (i, v) => i < 20 ? v.Replace(".com", ".con", StringComparison.Ordinal) : v),
            4,
            "held"),

        ("family names and departments exchanged", ByNumber, s => s.Rename2("LastName", "Department"), 4, "another family name"),

        (
            "departments under the phone numbers",
            "\"attributes\": { \"Phone\": \"EmpId\", \"EmployeeNumber\": null },",
            s => s.Column("EmpId", (i, _) => i % 2 == 0 ? "Sales" : "Legal"),
            4,
            "no phone number, for it has no digit"),

        // A file that is not whole, or not the one (D5).
        ("one row left", ByAddress, s => s.Rows.RemoveRange(1, s.Rows.Count - 1), 4, "held"),
        (
            "every second row lost",
            ByAddress,
            s => s.Rows.RemoveAll(r => int.Parse(r["EmpId"], System.Globalization.CultureInfo.InvariantCulture) % 2 == 0),
            4,
            "held"),
        ("first heading lost", ByNumber, s => s.Cut(text => text.Replace("EmpId,", ",", StringComparison.Ordinal)), 4, "'EmpId'"),
        ("quote opened and not closed", ByAddress, s => s.Cell(20, "Department", "\"Sales"), 1, "nothing closes"),
        ("file of another company", ByNumber, s => s.Column("UserName", (i, _) => $"other{i}@contoso.com"), 4, "held"),

        // Something is taken from everybody (D6, D7), or from some.
        ("licences emptied", ByAddress, s => s.Column("UserType", (_, _) => ""), 4, "UserType"),
        ("licences of a kind nobody knows", ByAddress, s => s.Column("UserType", (_, _) => "Premium"), 4, "Premium"),
        ("licence column gone", ByAddress, s => s.Drop("UserType"), 4, "UserType"),
        ("licences taken from a third", ByAddress, s => s.Column("UserType", (i, v) => i % 3 == 0 ? "Basic" : v), 4, "held"),
        ("departments emptied", ByAddress, s => s.Column("Department", (_, _) => ""), 4, "Department"),
        ("family names emptied", ByAddress, s => s.Column("LastName", (_, _) => ""), 4, "FamilyName"),
        ("names exchanged in two columns", ByAddress, s => s.Rename2("FirstName", "LastName"), 4, "held"),
        ("state column gone", ByAddress, s => s.Drop("Active"), 4, "Active"),
        ("state false for a third", ByAddress, s => s.Column("Active", (i, v) => i % 3 == 0 ? "False" : v), 4, "held"),
        ("state a date", ByAddress, s => s.Column("Active", (_, _) => "2026-11-30"), 3, "Active"),
        ("state the other way round by its heading", ByAddress, s => s.Rename("Active", "Disabled"), 4, "held"),
    ];
}
