using System.Linq;
using Xunit;
using ZoomProvisioning.Runs;

namespace ZoomProvisioning.Tests.Operations;

/// <summary>What stops a run as a whole, and what does not.</summary>
public class CircuitTests
{
    private readonly Circuit _circuit = new();

    [Fact]
    public void A_sign_in_that_is_refused_stops_the_run()
    {
        _circuit.Failed(new ScimAuthenticationException("Zoom.Auth.Rejected", "The sign-in was refused."));
        Assert.StartsWith("The sign-in was refused.", _circuit.OpenedBecause, System.StringComparison.Ordinal);
    }

    [Fact]
    public void A_scope_that_is_gone_stops_the_run()
    {
        _circuit.Failed(new ScimPermissionException("Zoom.Scope.Missing", "The scope is gone."));
        Assert.NotNull(_circuit.OpenedBecause);
    }

    [Fact]
    public void A_journal_that_cannot_be_written_stops_the_run()
    {
        _circuit.Failed(new ScimStateException("Zoom.State.JournalUnwritable", "The disk is full."));
        Assert.NotNull(_circuit.OpenedBecause);
    }

    [Fact]
    public void The_tenth_failure_of_the_last_two_hundred_stops_the_run()
    {
        Fail(9);
        Assert.Null(_circuit.OpenedBecause);
        Fail(1);
        Assert.StartsWith("10 of the last 200 people failed", _circuit.OpenedBecause, System.StringComparison.Ordinal);
    }

    [Fact]
    public void Failures_long_past_do_not_count()
    {
        Fail(9);
        foreach (var _ in Enumerable.Range(0, Circuit.Window))
        {
            _circuit.Succeeded();
        }

        Fail(9);
        Assert.Null(_circuit.OpenedBecause);
    }

    [Fact]
    public void What_was_never_sent_says_nothing()
    {
        foreach (var _ in Enumerable.Range(0, 50))
        {
            _circuit.Failed(new ScimNotSentException("stopped"));
            _circuit.Failed(new ScimRecordException("Zoom.Record.InvalidValue", "wrong"));
        }

        Assert.Null(_circuit.OpenedBecause);
    }

    [Fact]
    public void Seats_that_are_gone_stop_only_what_needs_one()
    {
        // As many as are under way at once are refused before anybody has learned of it.
        foreach (var _ in Enumerable.Range(0, 64))
        {
            _circuit.Failed(new ScimSeatsException("Zoom.Seats.NoPaidLicence", "Cannot add paid users."));
        }

        Assert.Null(_circuit.OpenedBecause);
    }

    private void Fail(int times)
    {
        foreach (var _ in Enumerable.Range(0, times))
        {
            _circuit.Failed(new ScimBadRequestException("Zoom.Request.Refused", "refused"));
        }
    }
}
