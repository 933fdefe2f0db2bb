/**
 * Files as plugins and themes of a site have them, written by us: some six hundred lines with
 * requests, databases, files and mail in them, all as it should be.
 */
const AREAS = ['orders', 'guests', 'rooms', 'prices', 'photos', 'events', 'letters', 'places'];
const upper = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);

function methodsOf(area: string, place: number): string {
  return `
    /**
     * Lists ${area} of one page, newest first.
     *
     * @param int $page Which page, from 1.
     * @return array<int, object>
     */
    public function list_${area}( $page = 1 ) {
        $limit  = ${10 + place};
        $offset = ( max( 1, (int) $page ) - 1 ) * $limit;
        $sql    = $this->db->prepare( "SELECT * FROM {$this->prefix}${area} ORDER BY created DESC LIMIT %d, %d", $offset, $limit );
        $rows   = $this->db->get_results( $sql );
        foreach ( $rows as $row ) {
            $row->title = esc_html( $row->title );
            $row->link  = add_query_arg( array( '${area}' => (int) $row->id ), home_url( '/' ) );
        }
        return $rows;
    }

    /** Saves what the form of ${area} sent. */
    public function save_${area}() {
        if ( ! isset( $_POST['${area}_nonce'] ) || ! wp_verify_nonce( $_POST['${area}_nonce'], 'save_${area}' ) ) {
            return false;
        }
        $title = sanitize_text_field( wp_unslash( $_POST['title'] ) );
        $count = isset( $_POST['count'] ) ? absint( $_POST['count'] ) : 0;
        if ( '' === $title || $count > 500 ) {
            $this->errors[] = __( 'Please check the ${area}.', 'guest-house' );
            return false;
        }
        $saved = $this->db->insert( $this->prefix . '${area}', array( 'title' => $title, 'count' => $count ) );
        do_action( 'guest_house_saved_${area}', $saved, $title );
        return (bool) $saved;
    }

    /** Shows ${area} as a table, from the template of the theme when it has one. */
    protected function show_${area}( array $rows ) {
        $template = locate_template( 'guest-house/${area}.php' );
        if ( ! $template ) {
            $template = __DIR__ . '/templates/${area}.php';
        }
        ob_start();
        include $template;
        return apply_filters( 'guest_house_${area}_table', ob_get_clean(), $rows );
    }
`;
}

/** A plugin's class with \`slot\` in the middle of one of its methods. */
export function legitimateClass(slot = ''): string {
  const methods = AREAS.map(methodsOf);
  return `/**
 * Guest house: bookings for small hotels.
 *
 * @package GuestHouse
 */

if ( ! defined( 'ABSPATH' ) ) {
    exit;
}

class Guest_House extends Guest_House_Base {
    const VERSION = '2.4.1';
    protected $errors = array();
    private $db;
    private $prefix = 'gh_';

    public function __construct( $db ) {
        $this->db = $db;
        add_action( 'init', array( $this, 'register' ) );
        add_filter( 'the_content', array( $this, 'content' ), 20 );
    }
${methods.slice(0, 4).join('')}
    public function register() {
        load_plugin_textdomain( 'guest-house', false, dirname( plugin_basename( __FILE__ ) ) . '/languages' );
        $labels = array( 'name' => __( 'Rooms', 'guest-house' ), 'singular_name' => __( 'Room', 'guest-house' ) );
        ${slot}
        register_post_type( 'room', array( 'labels' => $labels, 'public' => true, 'has_archive' => true ) );
    }
${methods.slice(4).join('')}
}

${AREAS.map((area) => `function guest_house_count_${area}( $rows ) {\n    return count( array_filter( $rows, 'is_object' ) );\n}\n`).join('\n')}
$guest_house = new Guest_House( $wpdb );
$guest_house->register();
`;
}

function themeFunction(area: string): string {
  return `
/** Adds the sidebar for ${area}. */
function inn_${area}_sidebar() {
    register_sidebar(
        array(
            'name'          => esc_html__( '${upper(area)}', 'inn' ),
            'id'            => 'sidebar-${area}',
            'before_widget' => '<section id="%1$s" class="widget %2$s">',
            'after_widget'  => '</section>',
        )
    );
}
add_action( 'widgets_init', 'inn_${area}_sidebar' );

function inn_${area}_script() {
    wp_enqueue_script( 'inn-${area}', get_template_directory_uri() . '/js/${area}.js', array( 'jquery' ), '1.2', true );
    if ( is_singular() && comments_open() && get_option( 'thread_comments' ) ) {
        wp_enqueue_script( 'comment-reply' );
    }
    $current = isset( $_GET['${area}'] ) ? sanitize_key( $_GET['${area}'] ) : 'all';
    wp_localize_script( 'inn-${area}', 'inn_${area}', array( 'current' => $current ) );
}
add_action( 'wp_enqueue_scripts', 'inn_${area}_script' );
`;
}

/** A theme's \`functions.php\`, with \`slot\` between two of its functions. */
export function legitimateTheme(slot = ''): string {
  const functions = AREAS.map(themeFunction);
  return `/**
 * Inn: functions and definitions.
 *
 * @package Inn
 */

if ( ! function_exists( 'inn_setup' ) ) {
    function inn_setup() {
        add_theme_support( 'title-tag' );
        add_theme_support( 'post-thumbnails' );
        register_nav_menus( array( 'primary' => esc_html__( 'Primary', 'inn' ) ) );
    }
}
add_action( 'after_setup_theme', 'inn_setup' );
${functions.slice(0, 5).join('')}${slot}${functions.slice(5).join('')}
require get_template_directory() . '/inc/customizer.php';
`;
}

/** A page of HTML with PHP between, with \`slot\` as one more island. */
export function legitimatePage(slot = ''): string {
  const items = AREAS.map(
    (area) => `  <section class="${area}">
    <h2><?php echo esc_html( $titles['${area}'] ); ?></h2>
    <?php if ( ! empty( $${area} ) ) : ?>
      <?php foreach ( $${area} as $entry ) : ?>
        <article id="entry-<?php echo (int) $entry->id; ?>"><p><?php echo esc_html( $entry->text ); ?></p></article>
      <?php endforeach; ?>
    <?php else : ?>
      <p class="none"><?php esc_html_e( 'Nothing yet', 'inn' ); ?></p>
    <?php endif; ?>
  </section>
`,
  );
  return `<?php get_header(); ?>
<main id="content" class="site">
${items.slice(0, 4).join('')}${slot}${items.slice(4).join('')}</main>
<?php get_sidebar(); ?>
<?php get_footer(); ?>
`;
}
