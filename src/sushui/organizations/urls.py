"""Where the pages of organizations stand."""

from __future__ import annotations

from django.urls import path

from sushui.organizations.views import agencies, directory, house, people, posts, signing, tokens

app_name = "organizations"

urlpatterns = [
    path("sign-in/", signing.sign_in, name="sign-in"),
    path("sign-out/", signing.sign_out, name="sign-out"),
    path("no-post/", signing.no_post, name="no-post"),
    path("switch-post/", signing.switch_post, name="switch-post"),
    path("password/", signing.password, name="password"),
    path("tokens/", tokens.tokens, name="tokens"),
    path("tokens/new/", tokens.new_token, name="new-token"),
    path("tokens/<int:token_id>/revoke/", tokens.revoke_token, name="revoke-token"),
    # the directory
    path("directory/", directory.directory, name="directory"),
    path("directory/divisions/", house.divisions, name="divisions"),
    path("directory/divisions/load/", house.load_divisions, name="load-divisions"),
    path("directory/divisions/zones/new/", house.new_zone, name="new-zone"),
    path("directory/agencies/new/", agencies.new_agency, name="new-agency"),
    path("directory/agencies/<int:agency_id>/", directory.agency, name="agency"),
    path("directory/agencies/<int:agency_id>/edit/", agencies.edit_agency, name="edit-agency"),
    path("directory/agencies/<int:agency_id>/posts/new/", agencies.new_post, name="new-post"),
    path("directory/posts/<int:post_id>/", directory.post, name="post"),
    path("directory/posts/<int:post_id>/roles/", agencies.roles, name="roles"),
    path("directory/posts/<int:post_id>/charge/", agencies.charge, name="charge"),
    path("directory/posts/<int:post_id>/hand-over/", posts.hand_over, name="hand-over"),
    path("directory/posts/<int:post_id>/delegate/", posts.delegate, name="delegate"),
    path("directory/delegations/<int:delegation_id>/revoke/", posts.revoke, name="revoke"),
    # what administrators keep
    path("administration/", people.people, name="people"),
    path("administration/people/new/", people.new_person, name="new-person"),
    path("administration/people/<int:user_id>/", people.person, name="person"),
    path("administration/people/<int:user_id>/reset-password/", people.reset_password, name="reset-password"),
    path("administration/people/<int:user_id>/deactivate/", people.deactivate, name="deactivate"),
    path("administration/people/<int:user_id>/reactivate/", people.reactivate, name="reactivate"),
    path("administration/settings/", house.settings, name="settings"),
    path("administration/settings/<str:key>/", house.setting, name="setting"),
    path("administration/calendar/", house.calendar, name="calendar"),
    path("administration/calendar/notice/", house.load_notice, name="load-notice"),
    path("administration/calendar/day/", house.change_day, name="change-day"),
    path("administration/audit/", house.audit, name="audit"),
    path("administration/audit/proof/", house.prove_chain, name="prove-chain"),
]

# Django's name for it, which stands in no room's name space.
language_patterns = [path("language/", signing.choose_language, name="set_language")]
