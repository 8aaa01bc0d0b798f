using System;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Operations;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Tests.Operations;

/// <summary>A create whose answer was lost.</summary>
public class LostCreateAnswerTests
{
    private readonly FakeZoom _zoom = new();
    private readonly FakeHost _host = new();

    /// <summary>The engine has looked the user up in place of the lost answer, and gives back what it found.</summary>
    private sealed class LostAnswers(FakeZoom zoom) : IScimService
    {
        public IScimUserClient Users { get; } = new Client(zoom);

        public IScimGroupClient Groups => zoom.Groups;

        public RateSnapshot Rate => zoom.Rate;

        public System.TimeSpan? ClockAhead => zoom.ClockAhead;

        public System.Collections.Generic.IReadOnlyList<string> Scopes => zoom.Scopes;

        public Task<System.Collections.Generic.IReadOnlyList<ConnectionTestStep>> TestAsync(ScimCall call) => zoom.TestAsync(call);

        public void Dispose()
        {
        }

        private sealed class Client(IScimUserClient users) : IScimUserClient
        {
            public Task<ScimPage<ScimUser>> ListAsync(int startIndex, int count, ScimFilter? filter, ScimCall call) =>
                users.ListAsync(startIndex, count, filter, call);

            public Task<ScimUser> GetAsync(string id, ScimCall call) => users.GetAsync(id, call);

            public async Task<ScimUser> CreateAsync(ScimObject body, ScimCall call)
            {
                try
                {
                    await users.CreateAsync(body, call);
                }
                catch (ScimConflictException)
                {
                    // The refusal is lost on the way as well as the reply would be.
                }

                var found = await users.ListAsync(1, 2, ScimFilter.UserName(body.Text("userName")!), call);
                return await users.GetAsync(found.Resources[0].Id!, call);
            }

            public Task<ScimUser> UpdateAsync(string id, ScimObject body, ScimCall call) => users.UpdateAsync(id, body, call);

            public Task<ScimUser> SetActiveAsync(string id, bool active, ScimCall call) => users.SetActiveAsync(id, active, call);

            public Task DeleteAsync(string id, ScimCall call) => users.DeleteAsync(id, call);
        }
    }

    private Task<ChangeResult?> CreateUnheardAsync(DesiredUser wish) =>
        new UserOperations(new ZoomScimConnection("test", new LostAnswers(_zoom)) { Status = ConnectionStatus.Valid }).CreateAsync(
            wish, IfExists.Fail, _host, ScimCall.None);

    [Fact]
    public async Task Whoever_is_found_as_was_sent_counts_as_created()
    {
        var result = await CreateUnheardAsync(Wishes.For("jill@example.com", u => { u.GivenName = "Jill"; u.Organization = "Example"; u.Title = "Chief"; }));

        Assert.Equal((ChangeOutcome.Done, PlanAction.Create), (result!.Outcome, result.Action));
    }

    [Theory]
    [InlineData("Sales", true, "active")]
    [InlineData("Research", false, "deactivated")]
    public async Task Whoever_is_found_otherwise_was_there_before_and_is_not_touched(string department, bool active, string state)
    {
        _zoom.Add("jill@example.com", u => { u.Department = department; u.Active = active; });

        var exception = await Assert.ThrowsAsync<ScimConflictException>(
            () => CreateUnheardAsync(Wishes.For("jill@example.com", u => { u.Department = "Research"; u.Active = false; }, activeIsExplicit: true)));

        Assert.Equal("Zoom.User.AlreadyExists", exception.ErrorId);
        Assert.Contains(state, exception.Message, StringComparison.Ordinal);
        Assert.Equal(active, new ScimUser(_zoom.Get("jill@example.com"), UserDetail.None).Active);
        Assert.Equal("POST", Assert.Single(_zoom.Writes).Method);
    }
}
