using System.Linq;
using Xunit;
using ZoomProvisioning.Operations;

namespace ZoomProvisioning.Tests.Operations;

/// <summary>Whom a list shows, and what is said of words that fit nobody.</summary>
public class UserSelectionTests
{
    private static readonly ScimUser[] People =
    [
        new() { UserName = "ada@example.com", DisplayName = "Ada Byron", Department = "Sales", UserType = "Licensed", Active = true },
        new() { UserName = "jill@example.com", DisplayName = "Jill Chill", Department = "Legal", UserType = "Basic", Active = true },
        new() { UserName = "sam@example.com", DisplayName = "Sam Hill", UserType = "Basic", Active = false },
    ];

    private static string[] Names(UserSelection selection) => [.. People.Where(selection.Has).Select(u => u.UserName!.Split('@')[0])];

    [Theory]
    [InlineData(null, null, null, null, "ada jill sam")]
    [InlineData(null, null, "sales", null, "ada")]
    [InlineData(null, null, "S*,Legal", null, "ada jill")]
    [InlineData(null, null, "", null, "sam")]
    [InlineData(null, null, "Sales,", null, "ada sam")]
    [InlineData(null, null, null, "Basic", "jill sam")]
    [InlineData(null, null, null, "Lic*,basic", "ada jill sam")]
    [InlineData(null, true, null, "Basic", "jill")]
    [InlineData("*hill*", null, null, null, "jill sam")]
    [InlineData("ada*,sam*", null, null, "Basic", "sam")]
    public void Those_who_fit_everything_asked_for_are_shown(string? names, bool? active, string? departments, string? licenses, string shown) => Assert.Equal(
        shown,
        string.Join(" ", Names(new UserSelection(names?.Split(',') ?? [], active, departments?.Split(','), licenses?.Split(',')))));

    [Theory]
    [InlineData("Salse", null, false, "No user has the department 'Salse' (did you mean 'Sales'?).")]
    [InlineData("Quantum", null, false, "No user has the department 'Quantum'.")]
    [InlineData(null, "Licensd", false, "No user has the licence 'Licensd' (did you mean 'Licensed'?).")]
    [InlineData(null, "On-Prem", false, "No user has the licence 'On-Prem'.")]
    [InlineData(null, "Whiteboard", true, "No user has the licence 'Whiteboard'.")]
    [InlineData(null, "Whiteboard", false,
        "No user has the licence 'Whiteboard'. A list tells the user type only; plans and add-ons are read with -Detailed.")]
    [InlineData("Sales,Leg*,x*,", "Basic", false, "")]
    public void A_word_that_fits_nobody_is_told_with_what_was_perhaps_meant(string? departments, string? licenses, bool isInFull, string said)
    {
        var selection = new UserSelection([], null, departments?.Split(','), licenses?.Split(','));
        _ = People.Where(selection.Has).ToList();
        Assert.Equal(said, string.Join(" ", selection.Misses(isInFull)));
    }
}
